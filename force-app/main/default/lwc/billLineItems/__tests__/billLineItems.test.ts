import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import BillLineItems from 'c/billLineItems';
import { graphql } from 'lightning/graphql';
import { downloaded } from '../../../../../../config/jest-mocks/download';
import lines from './data/lines.json';

const wire = graphql as any;
const BILL_ID = 'a01000000000001AAA';
const plain = (text: string) => text.replace(/\s/g, ' ');
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const [first] = lines.uiapi.query.lines.edges;

/** A page of `count` lines of 0.1 each; with a cursor, there are more behind it. */
const page = (from: number, count: number, total: number, endCursor?: string) => {
  const edges = Array.from({ length: count }, (_, index) => ({
    node: {
      ...first.node,
      Id: `a02${from + index}`,
      position: { value: from + index },
      convertedSubtotal: { value: 0.1 },
    },
  }));
  const pageInfo = { endCursor: endCursor ?? null, hasNextPage: endCursor !== undefined };
  return { uiapi: { query: { lines: { edges, pageInfo, totalCount: total } } } };
};

describe('c-bill-line-items', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const groups = (): any[] => [...element.shadowRoot.querySelectorAll('c-line-item-group')];
  const emit = async (data: object, refresh?: () => Promise<void>) => {
    wire.emit(data, undefined, refresh);
    await settle();
  };
  const change = async (selector: string, value: string) => {
    find(selector).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await settle();
  };
  /** Types, and waits for the pause after which the lines are searched. */
  const search = async (value: string) => {
    jest.useFakeTimers();
    find('.search').dispatchEvent(new CustomEvent('change', { detail: { value } }));
    jest.runOnlyPendingTimers();
    jest.useRealTimers();
    await settle();
  };
  const variables = () => wire.getLastConfig().variables;

  beforeEach(() => {
    element = createElement('c-bill-line-items', { is: BillLineItems });
    Object.assign(element, { recordId: BILL_ID, currencyCode: 'USD' });
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('shows that it is loading, in words too', async () => {
    expect(find('lightning-spinner').alternativeText).toBe('Loading Line Items');
    await expect(element).toBeAccessible();
  });

  it('asks for a few lines of its Bill first, then for the rest in large pages', async () => {
    expect(variables()).toEqual({ billId: BILL_ID, first: 200, after: null, upperBound: 100_000 });
    await emit(page(1, 200, 4100, 'two'));
    expect(variables()).toMatchObject({ first: 1000, after: 'two' });
  });

  it('shows the lines by product with the largest subtotal first and open', async () => {
    await emit(lines);
    expect(groups().map((group) => group.group.name)).toEqual(['Compute', 'Object storage', 'Credits and prepayments']);
    expect(groups().map((group) => group.open)).toEqual([true, false, false]);
    expect(plain(find('.summary').textContent)).toBe('Line Items: 4 · Total: USD 4,688.67');
    await expect(element).toBeAccessible();
  });

  it('groups by type, or not at all', async () => {
    await emit(lines);
    await change('.group-by', 'type');
    expect(groups().map((group) => group.group.name)).toEqual(['Usage', 'Credit memo']);
    await change('.group-by', 'none');
    expect(groups()).toEqual([]);
    expect(find('c-line-item-table').lines).toHaveLength(4);
  });

  it('shows lines as sent, and orders all groups by what was chosen above or in a table', async () => {
    await emit(lines);
    await change('.group-by', 'none');
    const positions = () => find('c-line-item-table').lines.map((line: any) => line.position);
    expect(positions()).toEqual([1, 2, 3, 4]);
    await change('.sort-by', 'amount');
    const ascending = positions();
    expect(ascending).not.toEqual([1, 2, 3, 4]);
    find('.direction').click();
    await settle();
    expect(positions()).toEqual([...ascending].reverse());
    find('c-line-item-table').dispatchEvent(
      new CustomEvent('sort', { detail: { key: 'position', direction: 'desc' } }),
    );
    await settle();
    expect(positions()).toEqual([4, 3, 2, 1]);
    expect(find('.sort-by').value).toBe('position');
  });

  it('searches and says how many lines it found and what they cost', async () => {
    await emit(lines);
    await search('storage');
    expect(groups()).toHaveLength(1);
    expect(plain(find('.summary').textContent)).toBe('Matching Line Items: 2 · Total: USD 27.92');
  });

  it('exports what is shown, with all digits, as a CSV file', async () => {
    await emit(lines);
    await search('compute');
    const { name, type, text } = await downloaded(() => find('.export').click());
    expect([name, type]).toEqual([`${BILL_ID}.csv`, 'text/csv;charset=utf-8']);
    const [header, ...rows] = text.trim().split('\r\n');
    expect(header).toContain('"Amount (USD)"');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => /compute/i.test(row))).toBe(true);
  });

  it('says that the search hides all lines, and clears it', async () => {
    await emit(lines);
    await search('nothing like it');
    expect(find('c-empty-state').heading).toBe('No Line Item matches');
    await expect(element).toBeAccessible();
    find('.clear').click();
    await settle();
    expect(groups()).toHaveLength(3);
  });

  it('shows the first lines of thousands at once, sums them when all are read, and says how far it is', async () => {
    await emit(page(1, 3, 2103, 'two'));
    expect(variables().after).toBe('two');
    expect(find('.progress').textContent).toBe('Line Items loaded: 3 of 2,103');
    expect(find('.first-lines').lines).toHaveLength(3);
    expect(find('.summary')).toBeNull();
    const tools = () =>
      ['.group-by', '.sort-by', '.direction', '.search', '.export'].map((name) => find(name).disabled);
    expect(tools()).toEqual(Array(5).fill(true));
    await expect(element).toBeAccessible();
    await emit(page(4, 2000, 2103, 'three'));
    await emit(page(2004, 100, 2103));
    expect(groups()[0].group.lines).toHaveLength(2103);
    expect(plain(find('.summary').textContent)).toBe('Line Items: 2,103 · Total: USD 210.30');
    expect(find('lightning-spinner')).toBeNull();
    expect(tools()).toEqual(Array(5).fill(false));
  });

  it('does not count a page twice that comes once more', async () => {
    await emit(page(1, 2000, 2100, 'two'));
    await emit(page(1, 2000, 2100, 'two'));
    await emit(page(2001, 100, 2100));
    expect(groups()[0].group.lines).toHaveLength(2100);
  });

  it('shows the new lines after a refresh and keeps the old ones until then', async () => {
    const refresh = jest.fn(() => Promise.resolve());
    await emit(lines, refresh);
    await element.refresh();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(groups()).toHaveLength(3);
    await emit(page(1, 2, 2), refresh);
    expect(groups()[0].group.lines).toHaveLength(2);
  });

  it('starts over at the first page when a Bill of several pages is refreshed', async () => {
    const refresh = jest.fn(() => Promise.resolve());
    await emit(page(1, 2000, 2100, 'two'), refresh);
    await emit(page(2001, 100, 2100), refresh);
    await element.refresh();
    await settle();
    expect(refresh).toHaveBeenCalledTimes(2);
    expect(variables().after).toBeNull();
    expect(groups()[0].group.lines).toHaveLength(2100);
    await emit(page(1, 1, 1));
    expect(groups()[0].group.lines).toHaveLength(1);
  });

  it('says that the Bill has no lines', async () => {
    await emit(page(1, 0, 0));
    expect(find('c-empty-state').heading).toBe('No Line Items');
    await expect(element).toBeAccessible();
  });

  it('hands errors to the panel and tries again', async () => {
    const refresh = jest.fn(() => Promise.resolve());
    wire.emitErrors([{ message: 'Gone fishing' }], undefined, refresh);
    await settle();
    expect(find('c-error-panel').what).toBe('The Line Items could not be loaded.');
    expect(find('lightning-spinner')).toBeNull();
    await expect(element).toBeAccessible();
    find('c-error-panel').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('tells a user without permission whom to ask', async () => {
    wire.emitErrors([{ message: 'Cannot query field "Bill_Line_Item__c" on type "RecordQuery".' }]);
    await settle();
    expect(find('c-error-panel').shadowRoot.querySelector('c-empty-state').text).toContain('m3ter Finance User');
    await expect(element).toBeAccessible();
  });
});
