import { LightningElement, api } from 'lwc';

/** As the stub that comes with the test runner, but it takes the name of the table as the real component does. */
export default class Datatable extends LightningElement {
  @api override ariaLabel: string | null = null;
  @api columns: unknown;
  @api data: unknown;
  @api hideCheckboxColumn: unknown;
  @api keyField: unknown;
  @api minColumnWidth: unknown;
  @api sortedBy: unknown;
  @api sortedDirection: unknown;
}
