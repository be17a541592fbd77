import { LightningElement, api } from 'lwc';
import { components } from '@workbench/pages';
import type { ComponentInstance } from '../../../model.ts';

/** One component of a page: an own component, a stand-in for a standard one, or a note that says which is missing. */
export default class Component extends LightningElement {
  @api instance!: ComponentInstance;
  @api recordId?: string;
  @api objectApiName?: string;
  failure = '';

  get constructorOfInstance(): typeof LightningElement | undefined {
    return components[this.instance.name.replace(/^c:/, '')];
  }

  get isHighlights(): boolean {
    return this.instance.name === 'force:highlightsPanel';
  }

  get isDetails(): boolean {
    return this.instance.name === 'force:detailPanel';
  }

  /** What only the platform can show: related lists are there to hold the history of fields, which the org does not keep. */
  get isLeftOut(): boolean {
    return this.instance.name === 'force:relatedListContainer';
  }

  get properties(): Record<string, unknown> {
    const onRecord = this.recordId ? { recordId: this.recordId, objectApiName: this.objectApiName } : {};
    return { ...this.instance.properties, ...onRecord };
  }

  get failureHeading(): string {
    return `${this.instance.name} has failed`;
  }

  get missingHeading(): string {
    return `${this.instance.name} is missing`;
  }

  override errorCallback(error: unknown): void {
    this.failure = error instanceof Error ? error.message : String(error);
    console.error(error);
  }
}
