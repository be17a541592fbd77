import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import AccountBills from 'c/accountBills';
import { graphql } from 'lightning/graphql';
// @ts-expect-error only the test double has it
import { navigations } from 'lightning/navigation';
import bills from './data/bills.json';

const wire = graphql as any;
const ACCOUNT_ID = '001000000000001AAA';
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const NO_BILLS = { uiapi: { query: { bills: { edges: [] } } } };

describe('c-account-bills', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  // The top products inside listen to the same wire; each answer is for the query with its own variables.
  const mine = ({ variables }: any) => variables !== undefined && 'accountId' in variables;
  const emit = async (data: object, refresh?: () => Promise<void>) => {
    wire.emit(data, mine, refresh);
    await settle();
  };

  beforeEach(() => {
    navigations.length = 0;
    element = createElement('c-account-bills', { is: AccountBills });
    element.recordId = ACCOUNT_ID;
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('asks for the Bills of its Account and shows that it is loading', async () => {
    expect(wire.getLastConfig().variables).toEqual({ accountId: ACCOUNT_ID, first: 2000, upperBound: 2000 });
    expect(find('lightning-spinner').alternativeText).toBe('Loading Bills');
    await expect(element).toBeAccessible();
  });

  it('shows the last three Bills, what is pending, and a chart per currency', async () => {
    await emit(bills);
    expect(all('.recent a').map((link) => link.textContent)).toEqual(['INV-000216', 'INV-000215', 'INV-000214']);
    expect(find('.pending').textContent).toContain('Pending so far');
    expect(all('c-billing-chart').map((chart) => chart.currencyCode)).toEqual(['USD', 'EUR']);
    expect(find('c-billing-chart').months).toHaveLength(12);
    await expect(element).toBeAccessible();
  });

  it('names approved Bills that are due about now, and says that it knows no payments', async () => {
    const [, approved] = bills.uiapi.query.bills.edges;
    const today = { value: new Date().toISOString().slice(0, 10) };
    await emit({ uiapi: { query: { bills: { edges: [{ node: { ...approved!.node, dueDate: today } }] } } } });
    expect(all('.due li')).toHaveLength(1);
    expect(find('.due').textContent).toContain('knows what has been paid');
    expect(find('c-top-products').recordId).toBe(ACCOUNT_ID);
    await expect(element).toBeAccessible();
  });

  it('says that no Bill is pending', async () => {
    const [, approved] = bills.uiapi.query.bills.edges;
    await emit({ uiapi: { query: { bills: { edges: [approved] } } } });
    expect(find('.no-pending').textContent).toBe('No Bill is pending.');
  });

  it('leads to a Bill and to all Bills of the Account', async () => {
    await emit(bills);
    expect(find('.recent a').getAttribute('href')).toBe('/lightning/r/a01000000000005AAA/view');
    find('.recent a').click();
    find('.view-all').click();
    expect(navigations).toMatchObject([
      { attributes: { recordId: 'a01000000000005AAA' } },
      { attributes: { apiName: 'M3ter_Bills' }, state: { c__accountId: ACCOUNT_ID } },
    ]);
  });

  it('says why there is no Bill and when one appears', async () => {
    await emit(NO_BILLS);
    expect(find('c-empty-state').heading).toBe('No Bills for this Account');
    expect(find('.view-all')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('hands errors to the panel and tries again', async () => {
    const refresh = jest.fn(() => Promise.resolve());
    wire.emitErrors([{ message: 'Gone fishing' }], undefined, refresh);
    await settle();
    expect(find('c-error-panel').what).toBe('The Bills could not be loaded.');
    await expect(element).toBeAccessible();
    find('c-error-panel').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('tells a user without permission whom to ask', async () => {
    wire.emitErrors([{ message: 'Cannot query field "Bill__c" on type "RecordQuery".' }]);
    await settle();
    expect(find('c-error-panel').shadowRoot.querySelector('c-empty-state').text).toContain('m3ter Finance User');
    await expect(element).toBeAccessible();
  });

  it('says why the Bills could not be read again', async () => {
    await emit(bills, () => Promise.reject(new Error('Offline')));
    find('.refresh').click();
    await settle();
    expect(find('c-error-panel').errors.message).toBe('Offline');
  });
});
