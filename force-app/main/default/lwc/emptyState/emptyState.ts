import { LightningElement, api } from 'lwc';

/** Says why there is nothing to see and what to do next. The default slot takes the one action. */
export default class EmptyState extends LightningElement {
  @api iconName = 'utility:info';
  @api heading = '';
  @api text = '';
}
