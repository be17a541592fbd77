import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import BillDetails from 'c/billDetails';
import { graphql } from 'lightning/graphql';
// @ts-expect-error only the test double has it
import { navigations } from 'lightning/navigation';
import bill from './data/bill.json';

const wire = graphql as any;
const BILL_ID = 'a01000000000001AAA';
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const [{ node }] = bill.uiapi.query.bills.edges;
const withFields = (changes: object) => ({
  uiapi: { query: { bills: { edges: [{ node: { ...node, ...changes } }] } } },
});

describe('c-bill-details', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const text = (selector: string): string => find(selector).textContent.replace(/\s+/g, ' ').trim();
  const facts = (): Record<string, string> =>
    Object.fromEntries(
      [...element.shadowRoot.querySelectorAll('.facts .fact')].map((fact: any) => [
        fact.querySelector('dt').textContent,
        fact.querySelector('dd').textContent.replace(/\s+/g, ' '),
      ]),
    );
  // The Line Items inside listen to the same wire; each answer is for the query with its own variables.
  const mine = (config: any) => config.variables?.recordId !== undefined;
  const emit = async (data: object, refresh?: () => Promise<void>) => {
    wire.emit(data, mine, refresh);
    await settle();
  };

  beforeEach(() => {
    navigations.length = 0;
    element = createElement('c-bill-details', { is: BillDetails });
    element.recordId = BILL_ID;
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('asks for its Bill and shows that it is loading, in words too', async () => {
    expect(wire.getLastConfig().variables).toEqual({ recordId: BILL_ID });
    expect(find('lightning-spinner').alternativeText).toBe('Loading the Bill');
    await expect(element).toBeAccessible();
  });

  it('says first what Bill it is, whose, in what state, and how much', async () => {
    await emit(bill);
    expect(text('h2')).toBe('INV-000212');
    expect(text('.account')).toBe('Atlas Orion');
    expect(text('.status')).toBe('Approved · Locked');
    expect(text('.total')).toBe('USD 12,480.55');
    await expect(element).toBeAccessible();
  });

  it('shows the facts, the period with its last day, and "None" where there is nothing', async () => {
    await emit(bill);
    expect(facts()).toMatchObject({
      'Billing period': 'Sep 1 – 30, 2026',
      'Due date': 'Oct 30, 2026',
      'Purchase order': 'PO-00002',
      'External invoice date': 'Oct 1, 2026',
      'External invoice reference': 'None',
      'Statement in m3ter': 'JSON and CSV',
    });
  });

  it.each([
    [false, false, false, 'None made yet'],
    [true, false, false, 'JSON'],
    [false, true, true, 'CSV, out of date: the Bill has changed since'],
  ])('says which statements m3ter has: JSON %p, CSV %p, stale %p', async (json, csv, stale, words) => {
    const [jsonStatement, csvStatement, statementStale] = [json, csv, stale].map((value) => ({ value }));
    await emit(withFields({ jsonStatement, csvStatement, statementStale }));
    expect(facts()['Statement in m3ter']).toBe(words);
    expect(find('c-bill-statement') !== null).toBe(json || csv);
  });

  it('offers no statement of a Bill that m3ter does not have any more', async () => {
    await emit(withFields({ jsonStatement: { value: true }, deleted: { value: true } }));
    expect(find('c-bill-statement')).toBeNull();
  });

  it('says whether the Bill is in step with m3ter, and when it was last synced, if ever', async () => {
    await emit(bill);
    expect(text('.in-step')).toBe('In step with m3ter');
    expect(find('.last-sync c-relative-time').value).toBe('2026-11-22T17:56:00.000Z');
    await emit(withFields({ lastSync: { value: null }, complete: { value: false } }));
    expect(text('.in-step')).toBe('Not in step with m3ter');
    expect(text('.last-sync dd')).toBe('Not yet');
  });

  it('is not in step while the last attempt to send the Bill has failed', async () => {
    await emit(bill);
    const lastRun = find('c-bill-last-run');
    expect(lastRun.lastSync).toBe('2026-11-22T17:56:00.000Z');
    lastRun.dispatchEvent(new CustomEvent('lastrun', { detail: true }));
    await Promise.resolve();
    expect(text('.in-step')).toBe('Not in step with m3ter');
  });

  it('hands on what has changed since the Bill was sent before', async () => {
    const changedAfterApproval = { value: '2026-11-22T17:56:00.000Z' };
    await emit(withFields({ changes: { value: '{}' }, changedAfterApproval }));
    const panel = { changes: '{}', changedAfterApproval: changedAfterApproval.value, currencyCode: 'USD' };
    expect(find('c-bill-changes')).toMatchObject(panel);
  });

  it('shows the Line Items in the currency of the Bill', async () => {
    await emit(bill);
    expect(find('c-bill-line-items')).toMatchObject({ recordId: BILL_ID, currencyCode: 'USD' });
  });

  it('says that the totals agree', async () => {
    await emit(bill);
    expect(text('.sent-total')).toBe('USD 12,480.55');
    expect(text('.agreement dd')).toBe('The totals agree');
    expect(find('.agreement lightning-icon').variant).toBe('success');
  });

  it('says why the totals do not agree', async () => {
    await emit(withFields({ sentTotal: { value: 12440.55 }, excludedCount: { value: 3 } }));
    expect(text('.agreement dd')).toBe('USD 40.00 is not shown. Line Items of excluded types, not sent: 3.');
    expect(find('.agreement lightning-icon').variant).toBe('warning');
  });

  it('names what to know about the Bill in words', async () => {
    await emit(
      withFields({
        accountId: { value: null },
        account: null,
        deleted: { value: true },
        complete: { value: false },
      }),
    );
    const words = [...element.shadowRoot.querySelectorAll('.notice strong')].map((word: any) => word.textContent);
    expect(words).toEqual(['Deleted in m3ter', 'Unmatched', 'Still being written']);
    expect(text('.account')).toBe('atlas_orion');
    expect(find('.account a')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('leads to the Account', async () => {
    await emit(bill);
    expect(find('.account a').getAttribute('href')).toBe('/lightning/r/001000000000001AAA/view');
    find('.account a').click();
    expect(navigations).toMatchObject([{ attributes: { recordId: '001000000000001AAA', objectApiName: 'Account' } }]);
  });

  it('says that the Bill is not there, and whom to ask', async () => {
    await emit({ uiapi: { query: { bills: { edges: [] } } } });
    expect(find('c-empty-state').heading).toBe('This Bill is not here');
    await expect(element).toBeAccessible();
  });

  it('hands errors to the panel', async () => {
    wire.emitErrors([{ message: 'Gone fishing' }]);
    await settle();
    expect(find('c-error-panel').what).toBe('The Bill could not be loaded.');
    expect(find('h2')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('tells a user without permission whom to ask', async () => {
    wire.emitErrors([{ message: 'Cannot query field "Bill__c" on type "RecordQuery".' }]);
    await settle();
    expect(find('c-error-panel').shadowRoot.querySelector('c-empty-state').text).toContain('m3ter Finance User');
    await expect(element).toBeAccessible();
  });

  it('reads Bill and Line Items again', async () => {
    const refresh = jest.fn(() => Promise.resolve());
    await emit(bill, refresh);
    const lines = jest.spyOn(find('c-bill-line-items'), 'refresh');
    find('.refresh').click();
    await settle();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(lines).toHaveBeenCalledTimes(1);
  });

  it('says why the Bill could not be read again', async () => {
    await emit(bill, () => Promise.reject(new Error('Offline')));
    find('.refresh').click();
    await settle();
    expect(find('c-error-panel').errors.message).toBe('Offline');
  });
});
