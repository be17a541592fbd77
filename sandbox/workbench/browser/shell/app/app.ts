import { LightningElement } from 'lwc';
import type { ToastInit } from 'lightning/platformShowToastEvent';
import { app, pages } from '@workbench/pages';
import type { ComponentInstance, PageModel, TabModel } from '../../../model.ts';
import { toUrl } from '../../platform/pageReference.ts';
import type { PageReference } from '../../platform/pageReference.ts';
import { objectOfId } from '../../platform/records.ts';
import { session } from '../../platform/session.ts';
import { appLabel, tabLabel } from '../../platform/words.ts';
import { currentPage, onNavigate, openPage, openPath } from '../../platform/router.ts';

/** Standard tabs come with the profile, the package's own with permission sets. */
const visibleTabs = app.tabs.filter(({ apiName }) => apiName.startsWith('standard-') || session.tabs.includes(apiName));

/** The app: header, navigation, the page that the address names, toasts and the docked m3ter panel. */
export default class App extends LightningElement {
  reference: PageReference | undefined = currentPage();
  private recordName = '';
  private stopRouting?: () => void;

  override connectedCallback(): void {
    this.stopRouting = onNavigate((reference) => this.show(reference));
    const [first] = visibleTabs;
    if (location.pathname === '/' && first) openPath(urlOf(first), true);
    else this.show(this.reference, false);
  }

  override disconnectedCallback(): void {
    this.stopRouting?.();
  }

  get appLabel(): string {
    return appLabel(app.label);
  }

  get utilities(): ComponentInstance[] {
    return app.utilities;
  }

  get navItems(): Array<TabModel & { url: string; isActive: boolean }> {
    const active = this.activeTab?.apiName;
    return visibleTabs.map((tab) => ({
      ...tab,
      label: tabLabel(tab.apiName, tab.label),
      url: urlOf(tab),
      isActive: tab.apiName === active,
    }));
  }

  get tabPage(): PageModel | undefined {
    if (this.reference?.type !== 'standard__navItemPage') return undefined;
    return pages.find(({ name }) => name === this.activeTab?.page);
  }

  get listObject(): string | undefined {
    if (this.reference?.type === 'standard__objectPage') return text(this.reference, 'objectApiName');
    return this.reference?.type === 'standard__navItemPage' ? this.activeTab?.object : undefined;
  }

  get recordId(): string | undefined {
    return text(this.reference, 'recordId');
  }

  get recordObject(): string | undefined {
    return this.recordId === undefined ? undefined : text(this.reference, 'objectApiName');
  }

  get isUnknown(): boolean {
    return !this.tabPage && !this.listObject && !this.recordId;
  }

  get activeTab(): TabModel | undefined {
    const name = text(this.reference, 'apiName');
    if (name !== undefined) return app.tabs.find(({ apiName }) => apiName === name);
    const object = text(this.reference, 'objectApiName');
    return object === undefined ? undefined : app.tabs.find((tab) => tab.object === object);
  }

  get tabLabel(): string | undefined {
    return this.activeTab && tabLabel(this.activeTab.apiName, this.activeTab.label);
  }

  handleRecordName(event: CustomEvent<string>): void {
    this.recordName = event.detail;
    this.setTitle();
  }

  handleToast(event: CustomEvent<ToastInit>): void {
    event.stopPropagation();
    this.template?.querySelector<HTMLElement & { show(toast: ToastInit): void }>('shell-toasts')?.show(event.detail);
  }

  handleSkip(event: Event): void {
    event.preventDefault();
    this.focusMain();
  }

  /** Opens links to Lightning pages without loading the whole page again, as Lightning Experience does. */
  handleClick(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link || (link.target !== '' && link.target !== '_self')) return;
    if (link.origin !== location.origin || !link.pathname.startsWith('/lightning/')) return;
    event.preventDefault();
    openPath(link.pathname + link.search);
  }

  private show(reference: PageReference | undefined, moveFocus = true): void {
    this.reference = reference;
    this.recordName = '';
    this.setTitle();
    if (this.recordId !== undefined && this.recordObject === undefined) void this.completeAddress(this.recordId);
    if (!moveFocus) return;
    window.scrollTo(0, 0);
    this.focusMain();
  }

  /** Lightning's address of a record names its object; an address without it is completed. */
  private async completeAddress(recordId: string): Promise<void> {
    const objectApiName = await objectOfId(recordId).catch(() => undefined);
    if (objectApiName === undefined || this.recordId !== recordId) return;
    openPage({ type: 'standard__recordPage', attributes: { objectApiName, recordId } }, true);
  }

  private focusMain(): void {
    this.template?.querySelector('main')?.focus();
  }

  private setTitle(): void {
    const page = this.recordName || this.tabLabel || this.listObject || this.recordObject;
    document.title = page === undefined ? this.appLabel : `${page} | ${this.appLabel}`;
  }
}

function urlOf(tab: TabModel): string {
  return tab.object === undefined
    ? toUrl({ type: 'standard__navItemPage', attributes: { apiName: tab.apiName } })
    : toUrl({ type: 'standard__objectPage', attributes: { objectApiName: tab.object, actionName: 'list' } });
}

function text(reference: PageReference | undefined, attribute: string): string | undefined {
  const value = reference?.attributes[attribute];
  return typeof value === 'string' ? value : undefined;
}
