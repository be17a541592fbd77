import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';

const ADDRESS = 'https://files.example/INV-1.csv?signature=x';

describe('c-bill-statement', () => {
  let element: any;
  const open = jest.spyOn(window, 'open').mockReturnValue(null);
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const allow = (createable: boolean): Promise<void> =>
    answer('apiNames', { uiapi: { objectInfos: [{ createable }] } });
  const answered = async (isDone: boolean, data: unknown): Promise<void> => {
    const detail = { type: 'OPEN_STATEMENT', isDone, result: '', data };
    find('c-sync-request').dispatchEvent(new CustomEvent('answered', { detail }));
    await settled();
  };

  beforeEach(async () => {
    jest.clearAllMocks();
    const { default: BillStatement } = await import('c/billStatement');
    element = createElement('c-bill-statement', { is: BillStatement });
    element.recordId = 'a01000000000001AAA';
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('asks the agent for a fresh address, opens it, and offers it where the browser has blocked the new tab', async () => {
    await allow(true);
    find('.open').click();
    await settled();
    expect((createRecord as jest.Mock).mock.calls[0][0].fields).toEqual({
      Type__c: 'OPEN_STATEMENT',
      Bill__c: 'a01000000000001AAA',
    });
    await expect(element).toBeAccessible();
    await answered(true, { address: ADDRESS });
    expect(open).toHaveBeenCalledWith(ADDRESS, '_blank', 'noopener,noreferrer');
    expect([find('.address').href, find('.address').textContent]).toEqual([ADDRESS, 'Open the statement in a new tab']);
    await expect(element).toBeAccessible();
    find('.open').click();
    await settled();
    expect(find('.address')).toBeNull();
  });

  it.each([
    ['the agent could not get one', false, undefined],
    ['the answer is no web address', true, { address: 'javascript:alert(1)' }],
  ])('opens nothing when %s', async (_, isDone, data) => {
    await allow(true);
    await answered(isDone, data);
    expect(open).not.toHaveBeenCalled();
    expect(find('.address')).toBeNull();
  });

  it('offers nothing to people who may not ask the agent', async () => {
    await allow(false);
    expect(find('.open')).toBeNull();
    await refuse('apiNames', 'The object Sync_Request__c is not supported.');
    expect(find('.open')).toBeNull();
    await expect(element).toBeAccessible();
  });
});
