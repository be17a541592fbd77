/** Errors of one cause. */
export interface Cause {
  readonly count: number;
  /** The latest of them, in its own words. */
  readonly example: string;
}

/** Ids, numbers of Bills, and amounts: what differs between errors of one cause. */
const PARTICULARS =
  /\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z]+-[A-Za-z0-9]*\d[A-Za-z0-9]*|\d[\w.,:+-]*)\b/g;

/** Error texts by cause: those that differ in ids and numbers alone count as one. The most frequent cause first. */
export function groupByCause(errors: readonly string[]): Cause[] {
  const causes = new Map<string, Cause>();
  for (const error of errors) {
    const key = error.replace(PARTICULARS, '#');
    causes.set(key, { count: (causes.get(key)?.count ?? 0) + 1, example: error });
  }
  return [...causes.values()].sort((one, other) => other.count - one.count);
}
