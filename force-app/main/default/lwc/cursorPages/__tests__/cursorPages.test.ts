import { FIRST_PAGE, cursorOf, nextPage, offsetOf, previousPage } from 'c/cursorPages';

describe('pages by cursor', () => {
  it('go forth as far as there are pages, and back to the first', () => {
    const second = nextPage(FIRST_PAGE, 'c1');
    expect([cursorOf(second), offsetOf(second, 20)]).toEqual(['c1', 20]);
    const third = nextPage(second, 'c2');
    expect([cursorOf(third), offsetOf(third, 20)]).toEqual(['c2', 40]);
    expect(nextPage(third, undefined)).toBe(third);
    expect(cursorOf(previousPage(third))).toBe('c1');
    expect(previousPage(FIRST_PAGE)).toBe(FIRST_PAGE);
  });
});
