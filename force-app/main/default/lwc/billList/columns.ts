import type { DatatableColumn } from 'lightning/datatable';
import { LABELS } from './labels';

const ALL: DatatableColumn[] = [
  {
    label: LABELS.bill,
    fieldName: 'url',
    type: 'url',
    sortable: true,
    wrapText: true,
    typeAttributes: { label: { fieldName: 'name' }, target: '_self' },
  },
  { label: LABELS.account, fieldName: 'account', type: 'text', sortable: true, wrapText: true },
  { label: LABELS.period, fieldName: 'period', type: 'text', sortable: true, wrapText: true },
  {
    label: LABELS.status,
    fieldName: 'status',
    type: 'text',
    sortable: true,
    wrapText: true,
    cellAttributes: { iconName: { fieldName: 'statusIcon' } },
  },
  { label: LABELS.due, fieldName: 'due', type: 'text', sortable: true },
  { label: LABELS.total, fieldName: 'total', type: 'text', sortable: true, cellAttributes: { alignment: 'right' } },
  {
    label: LABELS.attention,
    fieldName: 'attention',
    type: 'text',
    wrapText: true,
    cellAttributes: { iconName: { fieldName: 'attentionIcon' } },
  },
];

/** The columns of the list of Bills, without the menus that would only wrap and clip text. */
export const COLUMNS: DatatableColumn[] = ALL.map((column) => ({ ...column, hideDefaultActions: true }));
