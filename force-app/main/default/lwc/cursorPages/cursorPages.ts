import { nextCursor } from 'c/connection';
import type { Connection } from 'c/connection';

/** The cursors of the pages up to one; the first page has none. */
export type Cursors = ReadonlyArray<string | null>;

/** A page that was read: the cursors up to it, and where in the list it stands. */
export interface ReadPage {
  cursors: Cursors;
  /** How many entries come before the page. */
  offset: number;
  /** How many entries it has. */
  shown: number;
  /** How many entries the list has. */
  total: number;
  /** The cursor of the page after it, where there is one. */
  next: string | undefined;
}

export const FIRST_PAGE: Cursors = [null];

/** What the query for the page takes as `after`. */
export const cursorOf = (cursors: Cursors): string | null => cursors.at(-1) ?? null;

/** The page that was asked for with these cursors. */
export function readPage(cursors: Cursors, pageSize: number, connection: Connection<unknown>): ReadPage {
  return {
    cursors,
    offset: (cursors.length - 1) * pageSize,
    shown: connection.edges.length,
    total: connection.totalCount ?? 0,
    next: nextCursor(connection),
  };
}

/** One page further, where there is one. */
export const nextPage = ({ cursors, next }: ReadPage): Cursors => (next === undefined ? cursors : [...cursors, next]);

export const previousPage = ({ cursors }: ReadPage): Cursors => (cursors.length > 1 ? cursors.slice(0, -1) : cursors);
