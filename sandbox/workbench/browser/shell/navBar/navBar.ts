import { LightningElement, api } from 'lwc';

interface NavItem {
  apiName: string;
  label: string;
  url: string;
  isActive: boolean;
}

/** The app's name and its tabs. */
export default class NavBar extends LightningElement {
  @api appLabel = '';
  @api items: NavItem[] = [];

  get entries(): Array<NavItem & { itemClass: string; current: string | null }> {
    return this.items.map((item) => ({
      ...item,
      itemClass: `slds-context-bar__item${item.isActive ? ' slds-is-active' : ''}`,
      current: item.isActive ? 'page' : null,
    }));
  }
}
