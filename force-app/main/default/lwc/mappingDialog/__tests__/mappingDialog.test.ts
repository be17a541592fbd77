import { createElement } from 'lwc';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';
import { closings } from '../../../../../../config/jest-mocks/lightning/modal';
import Dialog from 'c/mappingDialog';

describe('c-mapping-dialog', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const show = (properties: object = {}): void => {
    element = createElement('c-mapping-dialog', { is: Dialog });
    Object.assign(element, properties);
    document.body.appendChild(element);
  };
  const change = (selector: string, detail: object): boolean =>
    find(selector).dispatchEvent(new CustomEvent('change', { detail }));

  beforeEach(() => {
    closings.length = 0;
  });
  afterEach(() => element.remove());

  it('closes without an answer', () => {
    show();
    find('.cancel').click();
    expect(closings).toEqual([undefined]);
  });

  it('closes with the chosen Account', async () => {
    show({ m3terAccount: 'Atlas-Orion-002' });
    change('lightning-record-picker', { recordId: '001000000000001AAA' });
    find('.confirm').click();
    expect(closings).toEqual(['001000000000001AAA']);
    await expect(element).toBeAccessible();
  });

  it('stays open and says so when no Account is chosen', async () => {
    show();
    change('lightning-record-picker', { recordId: '001000000000001AAA' });
    change('lightning-record-picker', { recordId: null });
    find('.confirm').click();
    await Promise.resolve();
    expect(closings).toEqual([]);
    expect(find('.problem').textContent).toBe('c.Mapping_Choose_First');
    await expect(element).toBeAccessible();
  });

  it('suggests no Account where none can be read', async () => {
    show({ m3terAccount: 'Atlas-Orion-002', m3terAccountId: 'm-1' });
    await refuse('fitting', 'Gone fishing');
    expect(find('.suggested').textContent).toBe('');
    expect(find('lightning-record-picker').value).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('fills in the Account that has the id or the code of the m3ter account, until another is chosen', async () => {
    const account = (Id: string, number: string | null, m3terAccountId: string | null): object => ({
      node: {
        Id,
        Name: { value: `Account ${Id}` },
        number: { value: number },
        code: { value: null },
        m3terAccountId: { value: m3terAccountId },
      },
    });
    show({ m3terAccount: 'Atlas-Orion-002', m3terAccountId: 'm-1' });
    const edges = [account('001b', 'atlas-orion-002', null), account('001a', null, 'm-1'), account('001c', 'x', null)];
    await answer('fitting', { uiapi: { query: { accounts: { edges } } } });
    expect(find('.suggested').textContent).toContain('c.Mapping_Suggested');
    expect(find('lightning-record-picker').value).toBe('001a');
    await expect(element).toBeAccessible();
    find('.confirm').click();
    expect(closings).toEqual(['001a']);
    change('lightning-record-picker', { recordId: null });
    find('.confirm').click();
    expect(closings).toHaveLength(1);
  });
});
