import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import type { PageReference } from 'lightning/navigation';
import { opensTab } from 'c/pageReferences';

/** A link to a page of the org that opens without loading everything again. */
export default class RecordLink extends NavigationMixin(LightningElement) {
  @api label = '';
  url: string | undefined;
  private reference: PageReference | undefined;

  /** Where it leads; without one the label is plain text. */
  @api get page(): PageReference | undefined {
    return this.reference;
  }
  set page(page: PageReference | undefined) {
    this.reference = page;
    this.url = undefined;
    // Without its address the link still leads there by a click.
    if (page) this.addUrl(page).catch(() => undefined);
  }

  handleClick(event: MouseEvent): void {
    if (!this.reference || opensTab(event)) return;
    event.preventDefault();
    this[NavigationMixin.Navigate](this.reference);
  }

  private async addUrl(page: PageReference): Promise<void> {
    const url = await this[NavigationMixin.GenerateUrl](page);
    if (this.reference === page) this.url = url;
  }
}
