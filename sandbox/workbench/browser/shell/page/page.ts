import { LightningElement, api } from 'lwc';
import type { ComponentInstance, PageModel } from '../../../model.ts';

interface Placed extends ComponentInstance {
  key: string;
}

/** A flexipage: its regions in the shape that its template gives them. */
export default class Page extends LightningElement {
  @api page!: PageModel;
  /** Heading for those who do not see the page: Lightning shows none on an app page. */
  @api heading?: string;
  @api recordId?: string;
  @api objectApiName?: string;

  get header(): Placed[] {
    return this.region('header');
  }

  get main(): Placed[] {
    return this.page.regions
      .filter(({ name }) => name !== 'header' && name !== 'sidebar')
      .flatMap(({ name }) => this.region(name));
  }

  get sidebar(): Placed[] {
    return this.region('sidebar');
  }

  get mainClass(): string {
    return this.sidebar.length > 0 ? 'slds-col slds-size_1-of-1 slds-large-size_8-of-12' : 'slds-col slds-size_1-of-1';
  }

  private region(name: string): Placed[] {
    const components = this.page.regions.find((region) => region.name === name)?.components ?? [];
    // Another record gets new components, as in Lightning Experience.
    return components.map((component, index) => ({
      ...component,
      key: [this.page.name, name, index, this.recordId].join(':'),
    }));
  }
}
