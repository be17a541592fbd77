export type SortDirection = 'asc' | 'desc';

/** By which column a table is ordered, and how. */
export interface ColumnSort<Key extends string = string> {
  key: Key;
  direction: SortDirection;
}

/** How the heading of a column says so: its `aria-sort`, and an arrow to see. */
export function sortMarks(key: string, sort: ColumnSort | undefined): { order: string; arrow: string } {
  if (sort?.key !== key) return { order: 'none', arrow: '' };
  return sort.direction === 'asc' ? { order: 'ascending', arrow: '↑' } : { order: 'descending', arrow: '↓' };
}

/** The order that choosing a heading asks for: upwards, and downwards when it is chosen once more. */
export function chosenSort<Key extends string>(key: Key, sort: ColumnSort | undefined): ColumnSort<Key> {
  return { key, direction: sort?.key === key && sort.direction === 'asc' ? 'desc' : 'asc' };
}
