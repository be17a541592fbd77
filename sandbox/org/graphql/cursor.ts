import { OrgError } from '../orgError.ts';

/**
 * The cursor behind which a page goes on: base64 of `v1:` and the row's place in the result, counted from 1.
 *
 * Source: GraphQL API Developer Guide, "Paginate with Record Connections" (paginate-use), whose sample cursor
 * `djE6OQ==` reads `v1:9`.
 */
export const cursorAt = (place: number): string => Buffer.from(`v1:${place}`).toString('base64');

/**
 * How many rows lie before the page that a cursor asks for; none without a cursor.
 *
 * @throws {OrgError} INVALID_CURSOR when the text is no cursor of this API.
 */
export function rowsBefore(cursor: string | null | undefined): number {
  if (cursor === null || cursor === undefined || cursor === '') return 0;
  const place = /^v1:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  if (place === undefined) {
    throw new OrgError('INVALID_CURSOR', `"${cursor}" is not a cursor of this API. Pass an endCursor from an answer.`);
  }
  return Number(place);
}
