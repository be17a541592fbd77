import { createElement } from 'lwc';
import RunChildren from 'c/runChildren';
import { graphql } from 'lightning/graphql';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';

const child = (id: string, status: string, changes: object = {}): object => ({
  node: {
    Id: id,
    Name: { value: `RUN-${id}` },
    status: { value: status, label: status.toLowerCase() },
    billId: { value: 'a01' },
    bill: { Name: { value: 'INV-1' } },
    m3terBillId: { value: 'bill-1' },
    lineItems: { value: 12 },
    version: { value: 3 },
    started: { value: '2026-11-22T11:00:00.000Z' },
    completed: { value: '2026-11-22T11:00:02.000Z' },
    errorCode: { value: null },
    ...changes,
  },
});
const page = (edges: object[], totalCount = edges.length, endCursor: string | null = null): object => ({
  uiapi: { query: { children: { edges, totalCount, pageInfo: { hasNextPage: endCursor !== null, endCursor } } } },
});

describe('c-run-children', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const inFrame = (selector: string): any => find('c-list-frame').shadowRoot.querySelector(selector);
  const cursor = (): unknown => (graphql as any).getLastConfig().variables.after;

  beforeEach(() => {
    element = createElement('c-run-children', { is: RunChildren });
    element.recordId = 'a04';
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('waits for the org', async () => {
    expect(inFrame('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('shows the Run of each Bill with its status in a word and an icon', async () => {
    const lost = { billId: { value: null }, bill: null, errorCode: { value: 'TIMEOUT' }, completed: { value: null } };
    await answer('recordId', page([child('1', 'COMPLETE'), child('2', 'ERROR', lost)]));
    const rows: any[] = find('c-record-table').rows;
    expect(rows.map(({ status }) => status)).toEqual([
      { text: 'complete', icon: 'utility:success', variant: 'success' },
      { text: 'error', icon: 'utility:error', variant: 'error' },
    ]);
    expect([rows[0].duration, rows[1].code]).toEqual(['2 sec', 'TIMEOUT']);
    expect(rows.map(({ bill }) => [bill.text, bill.page?.attributes.recordId])).toEqual([
      ['INV-1', 'a01'],
      ['bill-1', undefined],
    ]);
    await expect(element).toBeAccessible();
  });

  it('goes from page to page and back', async () => {
    await answer('recordId', page([child('1', 'COMPLETE')], 21, 'cursor-1'));
    expect(inFrame('c-pager')).toMatchObject({ offset: 0, total: 21, hasNext: true });
    inFrame('c-pager').dispatchEvent(new CustomEvent('next'));
    await settled();
    expect(cursor()).toBe('cursor-1');
    await answer('recordId', page([child('2', 'COMPLETE')], 21));
    expect(inFrame('c-pager').offset).toBe(20);
    inFrame('c-pager').dispatchEvent(new CustomEvent('previous'));
    await settled();
    expect(cursor()).toBeNull();
  });

  it('says that the batch has no Runs of Bills', async () => {
    await answer('recordId', page([]));
    expect(inFrame('.empty')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('hands errors to the error panel, which reads again', async () => {
    const refresh = jest.fn(() => Promise.resolve());
    await answer('recordId', page([]), refresh);
    await refuse('recordId', 'no access');
    await element.refresh();
    expect(inFrame('c-error-panel').errors).toHaveLength(1);
    expect(inFrame('.empty')).toBeNull();
    expect(inFrame('c-error-panel').noAccessText).toBe('c.Integrations_No_Access_Text');
    await expect(element).toBeAccessible();
  });
});
