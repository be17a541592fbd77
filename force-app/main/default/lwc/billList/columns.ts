import type { Column } from 'c/recordTable';
import type { SortKey } from './billFilter';
import { LABELS } from './labels';

/** The columns of the list of Bills. */
export const COLUMNS: Array<Column<SortKey | 'attention'>> = [
  { key: 'bill', label: LABELS.bill, isSortable: true },
  { key: 'account', label: LABELS.account, isSortable: true },
  { key: 'period', label: LABELS.period, isSortable: true },
  { key: 'status', label: LABELS.status, isSortable: true },
  { key: 'due', label: LABELS.due, isSortable: true },
  { key: 'total', label: LABELS.total, isSortable: true, isNumber: true },
  { key: 'attention', label: LABELS.attention },
];
