import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';

const record = (Id: string, name: string, key?: string | null): object => ({
  node: { Id, Name: { value: name }, ...(key === undefined ? {} : { key: { value: key } }) },
});
const page = (...edges: object[]): object => ({ uiapi: { query: { records: { edges } } } });
const ACCOUNT = '001000000000001AAA';
const USER = '005000000000001AAA';

describe('c-id-list', () => {
  let element: any;
  const changed = jest.fn();
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const names = (): string[] => [...element.shadowRoot.querySelectorAll('.name')].map(({ textContent }) => textContent);
  const ids = (): unknown => changed.mock.calls.at(-1)?.[0].detail;
  const change = (selector: string, detail: object): boolean =>
    find(selector).dispatchEvent(new CustomEvent('change', { detail }));
  const paste = async (value: string): Promise<void> => {
    change('lightning-textarea', { value });
    await Promise.resolve();
    find('.add').click();
    await Promise.resolve();
  };
  const show = async (properties: object): Promise<void> => {
    const { default: IdList } = await import('c/idList');
    element = createElement('c-id-list', { is: IdList });
    Object.assign(element, { label: 'Account Ids', helpText: 'Help', emptyText: 'None chosen', ...properties });
    element.addEventListener('idschange', changed);
    document.body.appendChild(element);
    await Promise.resolve();
  };

  beforeEach(() => changed.mockClear());
  afterEach(() => element.remove());

  it('says what it means that there is none', async () => {
    await show({});
    expect(find('.empty').textContent).toBe('None chosen');
    expect(find('.add').disabled).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('shows ids by the names of their Accounts, where there are such', async () => {
    await show({ ids: ['m3ter-1', 'm3ter-2'] });
    expect(names()).toEqual(['m3ter-1', 'm3ter-2']);
    await answer('where', page(record(ACCOUNT, 'Atlas Orion', 'm3ter-1')));
    expect(names()).toEqual(['Atlas Orion', 'm3ter-2']);
    expect(find('lightning-button-icon').alternativeText).toBe('Remove Atlas Orion');
    await expect(element).toBeAccessible();
  });

  it('adds a picked Account by the id that m3ter gives it', async () => {
    await show({ ids: [] });
    change('lightning-record-picker', { recordId: ACCOUNT });
    await answer('where', page(record(ACCOUNT, 'Atlas Orion', 'm3ter-1')));
    expect(ids()).toEqual(['m3ter-1']);
  });

  it('says of an Account without m3ter Account Id that it has none', async () => {
    await show({ ids: [] });
    change('lightning-record-picker', { recordId: ACCOUNT });
    await answer('where', page(record(ACCOUNT, 'Atlas Orion', null)));
    expect(changed).not.toHaveBeenCalled();
    expect(find('.problem').textContent).toContain('Atlas Orion has no m3ter Account Id.');
    await expect(element).toBeAccessible();
  });

  it('says why a picked Account could not be read, and shows ids as they are without names', async () => {
    await show({ ids: ['m3ter-1'] });
    await refuse('where', 'Gone fishing');
    expect(names()).toEqual(['m3ter-1']);
    expect(find('.problem').textContent).toBe('');
    element.ids = [];
    await Promise.resolve();
    change('lightning-record-picker', { recordId: ACCOUNT });
    await refuse('where', 'Gone fishing');
    expect(find('.problem').textContent).toBe('Gone fishing');
    await expect(element).toBeAccessible();
  });

  it('adds pasted ids to those that are there, each once', async () => {
    await show({ ids: ['m3ter-1'] });
    await paste('m3ter-2\nm3ter-1');
    expect(ids()).toEqual(['m3ter-1', 'm3ter-2']);
    expect(find('lightning-textarea').value).toBe('');
  });

  it('keeps what was pasted while one of the ids is wrong', async () => {
    await show({ ids: [], objectApiName: 'User' });
    await paste(`${USER} 001000000000001`);
    expect(changed).not.toHaveBeenCalled();
    expect(find('.problem').textContent).toContain('001000000000001 is not the id of a User.');
    expect(find('lightning-textarea').value).toBe(`${USER} 001000000000001`);
  });

  it('takes an id away', async () => {
    await show({ ids: [USER], objectApiName: 'User' });
    await answer('where', page(record(USER, 'Ada Admin')));
    expect(names()).toEqual(['Ada Admin']);
    find('lightning-button-icon').click();
    expect(ids()).toEqual([]);
  });
});
