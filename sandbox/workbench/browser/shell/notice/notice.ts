import { LightningElement, api } from 'lwc';

/** A card with a heading and a sentence, for states in which there is nothing else to show. */
export default class Notice extends LightningElement {
  @api heading = '';
  @api message = '';
  @api isError = false;

  get icon(): string {
    return this.isError ? 'utility:error' : 'utility:info';
  }

  get variant(): string | undefined {
    return this.isError ? 'error' : undefined;
  }
}
