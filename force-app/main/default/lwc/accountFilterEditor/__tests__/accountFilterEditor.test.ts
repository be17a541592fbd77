import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';

const ACCOUNT = '001000000000001AAA';

describe('c-account-filter-editor', () => {
  let element: any;
  const changed = jest.fn();
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const change = (selector: string, detail: object): boolean =>
    find(selector).dispatchEvent(new CustomEvent('change', { detail }));
  const asked = (): any => (createRecord as jest.Mock).mock.calls.at(-1)?.[0].fields;
  const show = async (accountFilter: string): Promise<void> => {
    const { default: Editor } = await import('c/accountFilterEditor');
    element = createElement('c-account-filter-editor', { is: Editor });
    Object.assign(element, { label: 'Account Filter', helpText: 'Help', accountFilter });
    element.addEventListener('filterchange', changed);
    document.body.appendChild(element);
    await Promise.resolve();
  };

  beforeEach(() => {
    jest.clearAllMocks();
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a09000000000001AAA' });
  });
  afterEach(() => element.remove());

  it.each([
    ['', 'Without a filter, Bills of all Accounts are sent.'],
    ['currency == USD', 'This is a complete filter.'],
  ])('says of %p: %s', async (filter, text) => {
    await show(filter);
    expect(find('.said').textContent).toBe(text);
    expect(find('.wrong')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it.each([
    ['currency = USD', '=', 'Character 10: Use == for equality.'],
    ['currency ==', '\u00a0', 'Character 12:'],
  ])('underlines where %p is wrong, and asks nobody', async (filter, wrong, text) => {
    await show(filter);
    expect(find('.said').textContent).toContain(text);
    expect(find('.wrong').textContent).toBe(wrong);
    expect(find('.preview').disabled).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('tells what is typed', async () => {
    await show('');
    change('lightning-textarea', { value: 'currency' });
    expect(changed.mock.calls[0][0].detail).toBe('currency');
  });

  it('adds a field behind what is there', async () => {
    await show('currency == USD AND');
    const options = find('.fields').options.map(({ value }: { value: string }) => value);
    expect(options).toEqual(expect.arrayContaining(['address.country', '?']));
    change('.fields', { value: 'address.country' });
    expect(changed.mock.calls[0][0].detail).toBe('currency == USD AND address.country');
  });

  const labels = (): string[] => find('.fields').options.map(({ label }: { label: string }) => label);
  const TIER = { name: 'tier', accounts: 3, examples: ['gold', 'silver'] };

  it('offers the custom fields that the agent told before, with some of their values', async () => {
    await show('');
    const told = { customFields: [TIER, { name: 'sales region', accounts: 1, examples: ['EU'] }] };
    const node = { Id: 'a09', resultData: { value: JSON.stringify(told) } };
    await answer(undefined, { uiapi: { query: { requests: { edges: [{ node }] } } } });
    expect(labels().slice(-3)).toEqual([
      'customFields.tier, such as gold, silver',
      'customFields["sales region"], such as EU',
      'Find custom fields again ...',
    ]);
    change('.fields', { value: 'customFields.tier' });
    expect(changed.mock.calls[0][0].detail).toBe('customFields.tier');
    await expect(element).toBeAccessible();
  });

  it('asks the agent for the custom fields where nobody has, and keeps what it told', async () => {
    await show('');
    await answer(undefined, { uiapi: { query: { requests: { edges: [{ node: { resultData: { value: '{' } } }] } } } });
    expect(labels().at(-1)).toBe('Find the custom fields in m3ter ...');
    change('.fields', { value: '?' });
    expect(asked()).toMatchObject({ Type__c: 'PREVIEW_FILTER', Account_Filter__c: 'true' });
    expect(changed).not.toHaveBeenCalled();
    const answered = async (data: unknown): Promise<void> => {
      find('c-sync-request').dispatchEvent(new CustomEvent('answered', { detail: { isDone: true, data } }));
      await Promise.resolve();
    };
    await answered({ customFields: [TIER] });
    await answered(undefined);
    expect(labels()).toContain('customFields.tier, such as gold, silver');
  });

  it('asks the agent which Accounts match', async () => {
    await show('currency == USD');
    find('.preview').click();
    expect(asked()).toMatchObject({ Type__c: 'PREVIEW_FILTER', Account_Filter__c: 'currency == USD' });
  });

  it('asks why one Account matches or not, by the id that m3ter gives it', async () => {
    await show('');
    change('.why', { recordId: ACCOUNT });
    const node = { Id: ACCOUNT, Name: { value: 'Atlas Orion' }, key: { value: 'm3ter-1' } };
    await answer('where', { uiapi: { query: { records: { edges: [{ node }] } } } });
    expect(asked()).toMatchObject({ Account_Filter__c: 'true', M3ter_Account_Id__c: 'm3ter-1' });
  });

  it('says why a picked Account could not be read', async () => {
    await show('');
    change('.why', { recordId: ACCOUNT });
    await refuse('where', 'Gone fishing');
    expect(find('.problem').textContent).toBe('Gone fishing');
    await expect(element).toBeAccessible();
  });

  it("offers m3ter's own fields where nobody may read what the agent told before", async () => {
    await show('');
    await refuse(undefined, 'Cannot query field "Sync_Request__c" on type "RecordQuery".');
    const offered = find('lightning-combobox').options.map(({ value }: any) => value);
    expect(offered).toContain('currency');
    expect(offered.at(-1)).toBe('?');
    await expect(element).toBeAccessible();
  });

  it('says of an Account without m3ter Account Id that nothing can be told', async () => {
    await show('');
    change('.why', { recordId: ACCOUNT });
    const node = { Id: ACCOUNT, Name: { value: 'Atlas Orion' }, key: { value: null } };
    await answer('where', { uiapi: { query: { records: { edges: [{ node }] } } } });
    expect(createRecord).not.toHaveBeenCalled();
    expect(find('.problem').textContent).toContain('Atlas Orion has no m3ter Account Id.');
    await expect(element).toBeAccessible();
  });
});
