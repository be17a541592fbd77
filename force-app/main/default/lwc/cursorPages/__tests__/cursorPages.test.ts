import { FIRST_PAGE, cursorOf, nextPage, previousPage, readPage } from 'c/cursorPages';
import type { Cursors } from 'c/cursorPages';

const read = (cursors: Cursors, endCursor: string | null = null) =>
  readPage(cursors, 20, {
    edges: [{ node: {} }, { node: {} }],
    pageInfo: { endCursor, hasNextPage: endCursor !== null },
    totalCount: 42,
  });

describe('pages by cursor', () => {
  it('go forth as far as there are pages, and back to the first', () => {
    const second = nextPage(read(FIRST_PAGE, 'c1'));
    const third = nextPage(read(second, 'c2'));
    expect([FIRST_PAGE, second, third].map(cursorOf)).toEqual([null, 'c1', 'c2']);
    expect(nextPage(read(third))).toBe(third);
    expect(cursorOf(previousPage(read(third)))).toBe('c1');
    expect(previousPage(read(FIRST_PAGE))).toBe(FIRST_PAGE);
  });

  it('say where in the list they stand', () => {
    expect(read([null, 'c1', 'c2'])).toMatchObject({ offset: 40, shown: 2, total: 42 });
  });

  it('lead from the page that is shown to the one beside it, however often they are asked before it is there', () => {
    const page = read([null, 'c1'], 'c2');
    expect([nextPage(page), nextPage(page)]).toEqual([
      [null, 'c1', 'c2'],
      [null, 'c1', 'c2'],
    ]);
  });
});
