/** The cursors of the pages up to the one that is shown; the first page has none. */
export type Cursors = ReadonlyArray<string | null>;

export const FIRST_PAGE: Cursors = [null];

/** What the query for the page takes as `after`. */
export const cursorOf = (cursors: Cursors): string | null => cursors.at(-1) ?? null;

/** How many entries come before the page. */
export const offsetOf = (cursors: Cursors, pageSize: number): number => (cursors.length - 1) * pageSize;

/** One page further, where there is one. */
export function nextPage(cursors: Cursors, next: string | undefined): Cursors {
  return next === undefined ? cursors : [...cursors, next];
}

export function previousPage(cursors: Cursors): Cursors {
  return cursors.length > 1 ? cursors.slice(0, -1) : cursors;
}
