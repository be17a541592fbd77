import { createElement } from 'lwc';
import ListFrame from 'c/listFrame';
import { FIRST_PAGE, readPage } from 'c/cursorPages';

const WORDS = {
  name: 'Bills',
  loading: 'Loading Bills',
  error: 'The Bills could not be loaded.',
  noAccess: 'Ask an administrator.',
  empty: { icon: 'utility:moneybag', heading: 'No Bills yet', text: 'Wait.' },
  filtered: { icon: 'utility:filterList', heading: 'No Bill matches', text: 'Clear the filters.' },
};
const page = (count: number, endCursor: string | null = null) =>
  readPage(FIRST_PAGE, 50, {
    edges: Array.from({ length: count }, () => ({ node: {} })),
    pageInfo: { endCursor, hasNextPage: endCursor !== null },
    totalCount: 120,
  });

describe('c-list-frame', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const show = (properties: object): void => {
    element = createElement('c-list-frame', { is: ListFrame });
    Object.assign(element, { words: WORDS, ...properties });
    document.body.appendChild(element);
  };
  afterEach(() => element.remove());

  it('waits for the first answer, in words too', async () => {
    show({});
    expect(find('lightning-spinner').alternativeText).toBe('Loading Bills');
    expect(find('c-empty-state')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('keeps the entries while others are read', () => {
    show({ current: page(3), isLoading: true });
    expect(find('slot')).not.toBeNull();
    expect(find('lightning-spinner')).not.toBeNull();
  });

  it('leads to the pages beside the one that is shown', async () => {
    const turns: unknown[] = [];
    show({ current: page(50, 'c1') });
    element.addEventListener('turn', ({ detail }: CustomEvent) => turns.push(detail));
    expect(find('c-pager')).toMatchObject({ listName: 'Bills', offset: 0, shown: 50, total: 120, hasNext: true });
    find('c-pager').dispatchEvent(new CustomEvent('next'));
    find('c-pager').dispatchEvent(new CustomEvent('previous'));
    expect(turns).toEqual([[null, 'c1'], [null]]);
    await expect(element).toBeAccessible();
  });

  it('has no pages where all is shown that the place shows', () => {
    show({ current: page(5, 'c1'), hasNoPages: true });
    expect(find('c-pager')).toBeNull();
  });

  it('tells nothing yet from nothing that matches', async () => {
    show({ current: page(0) });
    expect(find('c-empty-state').heading).toBe('No Bills yet');
    expect(find('slot')).toBeNull();
    element.isFiltered = true;
    await Promise.resolve();
    expect(find('c-empty-state').heading).toBe('No Bill matches');
    expect(find('slot').name).toBe('filtered');
    await expect(element).toBeAccessible();
  });

  it('says in one sentence that there is nothing where that is enough', async () => {
    show({ current: page(0), words: { ...WORDS, empty: { text: 'Nothing needs you.' } } });
    expect(find('.empty').textContent).toBe('Nothing needs you.');
    await expect(element).toBeAccessible();
  });

  it('says why there are no entries instead of showing old ones, and asks to read again', async () => {
    const retry = jest.fn();
    show({ current: page(3), errors: [{ message: 'Gone fishing' }] });
    element.addEventListener('retry', retry);
    expect(find('slot')).toBeNull();
    const { errors, what, noAccessText } = find('c-error-panel');
    expect([errors[0].message, what, noAccessText]).toEqual(['Gone fishing', WORDS.error, WORDS.noAccess]);
    find('c-error-panel').dispatchEvent(new CustomEvent('retry'));
    expect(retry).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });
});
