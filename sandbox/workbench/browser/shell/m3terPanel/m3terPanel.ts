import { LightningElement, api } from 'lwc';

export default class M3terPanel extends LightningElement {
  @api recordId?: string;
  @api objectApiName?: string;
}
