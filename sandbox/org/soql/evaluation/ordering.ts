import fc from 'fast-check';

/** What one field of a row sorts by; null where it is missing. */
type Key = string | number | null;

export interface Ordering<T> {
  /** Without ORDER BY in front; empty for none. */
  soql: string;
  /** Sorts rows that stand in the order of their ids. */
  sort: (rows: T[]) => T[];
}

/** ORDER BY over some of the fields, in any direction, with missing values first or last. */
export function orderingArbitrary<T>(fields: Record<string, (row: T) => Key>): fc.Arbitrary<Ordering<T>> {
  const clause = fc.record({
    isDescending: fc.boolean(),
    nulls: fc.constantFrom('', 'FIRST', 'LAST'),
  });
  return fc
    .subarray(Object.keys(fields))
    .chain((names) => fc.shuffledSubarray(names, { minLength: names.length }))
    .chain((names) =>
      fc.array(clause, { minLength: names.length, maxLength: names.length }).map((clauses): Ordering<T> => {
        const sorts = clauses.map((one, index) => ({ ...one, name: names[index] as string }));
        return {
          soql: sorts
            .map(
              ({ name, isDescending, nulls }) => `${name}${isDescending ? ' DESC' : ''}${nulls && ` NULLS ${nulls}`}`,
            )
            .join(', '),
          sort: (rows) =>
            rows.toSorted((a, b) => {
              for (const { name, isDescending, nulls } of sorts) {
                const order = compareKeys(fields[name]!(a), fields[name]!(b), isDescending, nulls === 'LAST');
                if (order !== 0) return order;
              }
              return 0;
            }),
        };
      }),
    );
}

function compareKeys(a: Key, b: Key, isDescending: boolean, isNullsLast: boolean): number {
  if (a === null || b === null) return (Number(b === null) - Number(a === null)) * (isNullsLast ? -1 : 1);
  const order = a < b ? -1 : Number(a > b);
  return isDescending ? -order : order;
}
