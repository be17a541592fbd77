import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';

const bill = (accountId: string, code: string | null): object => ({
  node: { Id: accountId, accountId: { value: accountId }, code: { value: code } },
});
const bills = (edges: object[], totalCount = edges.length): object => ({
  uiapi: { query: { bills: { edges, totalCount } } },
});
const account = (Id: string, name: string, number: string | null, code: string | null = null): object => ({
  node: {
    Id,
    Name: { value: name },
    number: { value: number },
    code: { value: code },
    m3terAccountId: { value: null },
  },
});
const BILLS = bills([bill('m-2', 'ZEN-2'), bill('m-1', 'ATL-1'), bill('m-1', 'ATL-1')]);

describe('c-unmatched-accounts', () => {
  let element: any;
  const toast = jest.fn();
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const titles = (): string[] => all('.title').map(({ textContent }) => textContent);
  const links = (): string[] => all('.link').map(({ label }) => label);
  const pick = (m3ter: string, recordId: string): boolean =>
    find(`lightning-record-picker[data-m3ter="${m3ter}"]`).dispatchEvent(
      new CustomEvent('change', { detail: { recordId } }),
    );
  const written = (): any => (updateRecord as jest.Mock).mock.calls.at(-1)?.[0].fields;

  beforeEach(async () => {
    jest.clearAllMocks();
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a09000000000001AAA' });
    (updateRecord as jest.Mock).mockResolvedValue({});
    const { default: UnmatchedAccounts } = await import('c/unmatchedAccounts');
    element = createElement('c-unmatched-accounts', { is: UnmatchedAccounts });
    element.addEventListener('lightning__showtoast', toast);
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('waits for the org', async () => {
    expect(find('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says so when every Bill has its Account', async () => {
    await answer('most', bills([]));
    expect(find('.none').textContent).toBe('Every Bill has its Account.');
    await expect(element).toBeAccessible();
  });

  it('hands an error or a missing permission to the error panel', async () => {
    await refuse('most', 'Cannot query field "Bill__c"');
    expect(find('c-error-panel').errors).toHaveLength(1);
    expect(find('c-error-panel').noAccessText).toMatch(/\w/);
    await expect(element).toBeAccessible();
  });

  it('lists each m3ter account once, those with most Bills first, and says when it has not read all Bills', async () => {
    await answer('most', BILLS);
    expect(titles()).toEqual(['ATL-1', 'ZEN-2']);
    expect(all('.bills').map(({ textContent }) => textContent)).toEqual(['Bills: 2', 'Bills: 1']);
    expect(find('.cut').textContent).toBe('');
    await answer('most', bills([bill('m-1', null)], 900));
    expect(find('.cut').textContent).toContain('1 of 900');
    await expect(element).toBeAccessible();
  });

  it('suggests at once the Accounts here with the code, and links with one click', async () => {
    await answer('most', BILLS);
    await answer('fitting', {
      uiapi: {
        query: { accounts: { edges: [account('001a', 'Atlas', 'atl-1'), account('001b', 'Orion', null, 'ATL-1')] } },
      },
    });
    expect(links()).toEqual(['Link Orion', 'Link Atlas']);
    expect(all('.because').map(({ textContent }) => textContent)).toEqual([
      'same m3ter Account Code',
      'same Account Number',
    ]);
    await expect(element).toBeAccessible();
    find('.link').click();
    await settled();
    expect(written()).toEqual({ Id: '001b', M3ter_Account_Id__c: 'm-1', M3ter_Account_Code__c: 'ATL-1' });
    expect(toast.mock.calls[0][0].detail.title).toContain('Orion is linked.');
    expect(titles()).toEqual(['ZEN-2']);
  });

  it('asks the agent for names, and adds what it suggests', async () => {
    await answer('most', BILLS);
    find('.suggest').click();
    expect((createRecord as jest.Mock).mock.calls[0][0].fields).toEqual({ Type__c: 'SUGGEST_ACCOUNTS' });
    const suggestions = [{ accountId: '001c', name: 'Atlas Orion Ltd', because: 'name' }];
    const data = { unmatched: [{ m3terAccountId: 'm-1', name: 'Atlas Orion', suggestions }] };
    find('c-sync-request').dispatchEvent(new CustomEvent('answered', { detail: { isDone: true, data } }));
    await settled();
    expect(titles()).toEqual(['Atlas Orion', 'ZEN-2']);
    expect(links()).toEqual(['Link Atlas Orion Ltd']);
    expect(find('.because').textContent).toBe('same name');
    expect(all('.no-suggestion')).toHaveLength(1);
  });

  it('links another Account that is picked, but none that is a m3ter Account already', async () => {
    const named = (Id: string, name: string, key: string | null): object => ({
      uiapi: { query: { records: { edges: [{ node: { Id, Name: { value: name }, key: { value: key } } }] } } },
    });
    await answer('most', BILLS);
    pick('m-2', '001d');
    await answer('where', named('001d', 'Taken', 'm-9'));
    expect(find('.problem').textContent).toContain('Taken is the m3ter Account m-9 already.');
    expect(updateRecord).not.toHaveBeenCalled();
    pick('m-2', '001e');
    await answer('where', named('001e', 'Free', null));
    await settled();
    expect(written()).toMatchObject({ Id: '001e', M3ter_Account_Id__c: 'm-2' });
  });

  it('keeps the account and says why when the org refuses', async () => {
    (updateRecord as jest.Mock).mockRejectedValue({ body: { message: 'insufficient access rights' } });
    await answer('most', BILLS);
    await answer('fitting', { uiapi: { query: { accounts: { edges: [account('001a', 'Atlas', 'ATL-1')] } } } });
    find('.link').click();
    await settled();
    expect(toast.mock.calls[0][0].detail).toMatchObject({ title: 'The Account was not linked.', variant: 'error' });
    expect(titles()).toEqual(['ATL-1', 'ZEN-2']);
  });
});
