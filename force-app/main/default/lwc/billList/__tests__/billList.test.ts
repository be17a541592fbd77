import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import BillList from 'c/billList';
import { graphql } from 'lightning/graphql';
import { CurrentPageReference } from 'lightning/navigation';
// @ts-expect-error only the test double has it
import { navigations } from 'lightning/navigation';
import { downloaded } from '../../../../../../config/jest-mocks/download';
import bills from './data/bills.json';

const wire = graphql as any;
const plain = (text: string) => text.replace(/\s/g, ' ');
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const NO_BILLS = { uiapi: { query: { bills: { edges: [], totalCount: 0 } } } };

describe('c-bill-list', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const frame = () => find('c-list-frame');
  const inFrame = (selector: string): any => frame().shadowRoot.querySelector(selector);
  const cells = () => find('c-record-table').rows;
  const emit = async (data: object, refresh?: () => Promise<void>) => {
    wire.emit(data, undefined, refresh);
    await settle();
  };
  const change = async (selector: string, type: string, detail?: object) => {
    find(selector).dispatchEvent(new CustomEvent(type, { detail }));
    await settle();
  };
  const variables = () => wire.getLastConfig().variables;

  beforeEach(() => {
    navigations.length = 0;
    element = createElement('c-bill-list', { is: BillList });
    document.body.appendChild(element);
  });
  afterEach(() => {
    element.remove();
    jest.useRealTimers();
  });

  it('shows that it is loading, in words too', async () => {
    expect(inFrame('lightning-spinner').alternativeText).toBe('Loading Bills');
    expect(cells()).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('asks for the latest Bills first, a page at a time', () => {
    expect(variables()).toEqual({
      where: { Id: { ne: null } },
      orderBy: { Period_Start__c: { order: 'DESC', nulls: 'LAST' }, Id: { order: 'ASC' } },
      first: 50,
      after: null,
    });
  });

  it('shows Bills with their period, status, and total in their own currency', async () => {
    await emit(bills);
    const [first] = cells();
    expect(first).toMatchObject({
      account: 'Atlas Orion',
      status: { text: 'Approved · Locked', icon: 'utility:lock' },
    });
    expect(plain(first.period)).toBe('Sep 1 – 30, 2026');
    expect(cells().map(({ total }: any) => plain(total))).toEqual(['USD 12,480.55', '-EUR 739.45', 'JPY 1,200']);
    expect(inFrame('lightning-spinner')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('exports the Bills on the screen, with all digits and plain dates, as a CSV file', async () => {
    expect(find('.export').disabled).toBe(true);
    await emit(bills);
    const { name, text } = await downloaded(() => find('.export').click());
    expect(name).toBe('bills.csv');
    const [header, first, ...others] = text.trim().split('\r\n');
    expect(header).toContain('"Bill","Account","First day of the billing period"');
    expect(first).toContain('"INV-000212","Atlas Orion","2026-09-01","2026-09-30","Approved · Locked"');
    expect(first).toContain('"USD","12480.55"');
    expect(others).toHaveLength(2);
  });

  it('shows the Bills that its page was opened for', async () => {
    (CurrentPageReference as any).emit({ state: { c__show: 'changed' } });
    await settle();
    expect(variables().where).toEqual({ and: [{ Changed_After_Approval__c: { ne: null } }] });
    expect(find('.show').value).toBe('changed');
  });

  it('says which Bills need attention and why, and whom an unmatched one is for', async () => {
    await emit(bills);
    const attention = cells().map((row: any) => row.attention.text);
    expect(attention).toEqual(['', 'Unmatched', 'Deleted in m3ter · Still being written']);
    expect(cells()[1].account).toBe('pioneer_apollo');
  });

  it('links each Bill to its page', async () => {
    await emit(bills);
    const [{ bill }] = cells();
    expect([bill.text, bill.page.attributes.recordId]).toEqual(['INV-000212', 'a01000000000001AAA']);
  });

  it('orders by the chosen column, from the first page', async () => {
    await emit(bills);
    inFrame('c-pager').dispatchEvent(new CustomEvent('next'));
    await change('c-record-table', 'sort', { key: 'total', direction: 'asc' });
    expect(variables()).toMatchObject({ orderBy: { Bill_Total__c: { order: 'ASC' } }, after: null });
    expect(find('c-record-table').sort).toEqual({ key: 'total', direction: 'asc' });
  });

  it('pages forth and back by cursor', async () => {
    await emit(bills);
    expect(inFrame('c-pager')).toMatchObject({ offset: 0, shown: 3, total: 120, hasNext: true });
    inFrame('c-pager').dispatchEvent(new CustomEvent('next'));
    await settle();
    expect(variables().after).toBe('djE6NTA=');
    await emit(bills);
    expect(inFrame('c-pager').offset).toBe(50);
    inFrame('c-pager').dispatchEvent(new CustomEvent('previous'));
    await settle();
    expect(variables().after).toBeNull();
  });

  it('searches once the typing pauses', async () => {
    jest.useFakeTimers();
    const search = find('.search');
    for (const value of ['A', 'At', 'Atlas']) search.dispatchEvent(new CustomEvent('change', { detail: { value } }));
    expect(JSON.stringify(variables())).not.toContain('At');
    jest.runAllTimers();
    await Promise.resolve();
    expect(JSON.stringify(variables().where)).toContain('%Atlas%');
  });

  it('filters by status', async () => {
    await change('.show', 'change', { value: 'pending' });
    expect(variables().where).toEqual({ and: [{ Status__c: { eq: 'PENDING' } }] });
  });

  it('says that there are no Bills yet, and where to look', async () => {
    await emit(NO_BILLS);
    expect(inFrame('c-empty-state').heading).toBe('No Bills yet');
    await expect(element).toBeAccessible();
  });

  it('says that the filter hides all Bills, and clears it', async () => {
    await change('.show', 'change', { value: 'deleted' });
    await emit(NO_BILLS);
    expect(inFrame('c-empty-state').heading).toBe('No Bill matches');
    await expect(element).toBeAccessible();
    find('.clear').click();
    await settle();
    expect(variables().where).toEqual({ Id: { ne: null } });
    expect(find('.show').value).toBe('all');
  });

  it('shows only the Bills of the Account it was opened for, and leads back to all', async () => {
    (CurrentPageReference as any).emit({ type: 'standard__navItemPage', state: { c__accountId: '001' } });
    await emit(bills);
    expect(variables().where).toEqual({ and: [{ Account__c: { eq: '001' } }] });
    expect(find('.one-account').textContent).toContain('Only Bills of Atlas Orion');
    find('.one-account lightning-button').click();
    expect(navigations).toEqual([{ type: 'standard__navItemPage', attributes: { apiName: 'M3ter_Bills' }, state: {} }]);
  });

  it('hands errors to the panel, keeps the filter, and tries again', async () => {
    await change('.show', 'change', { value: 'approved' });
    const refresh = jest.fn(() => Promise.resolve());
    wire.emitErrors([{ message: 'Gone fishing' }], undefined, refresh);
    await settle();
    expect(inFrame('c-error-panel')).toMatchObject({ what: 'The Bills could not be loaded.', canRetry: true });
    expect(inFrame('c-error-panel').errors).toEqual([{ message: 'Gone fishing' }]);
    expect(find('.show').value).toBe('approved');
    await expect(element).toBeAccessible();
    inFrame('c-error-panel').dispatchEvent(new CustomEvent('retry'));
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('tells a user without permission whom to ask', async () => {
    wire.emitErrors([{ message: 'Unknown type "Bill__c_Filter".' }]);
    await settle();
    const panel = inFrame('c-error-panel').shadowRoot;
    expect(panel.querySelector('c-empty-state').text).toContain('m3ter Finance User');
    await expect(element).toBeAccessible();
  });

  it('reads the Bills again without hiding them', async () => {
    const refresh = jest.fn(() => Promise.resolve());
    await emit(bills, refresh);
    find('.refresh').click();
    await Promise.resolve();
    expect(cells()).toHaveLength(3);
    expect(inFrame('lightning-spinner')).not.toBeNull();
    await settle();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(inFrame('lightning-spinner')).toBeNull();
  });

  it('says why Bills could not be read again', async () => {
    await emit(bills, () => Promise.reject(new Error('Offline')));
    find('.refresh').click();
    await settle();
    expect(inFrame('c-error-panel').errors.message).toBe('Offline');
  });
});
