import { createElement } from 'lwc';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';
import BillResend from 'c/billResend';
import { createRecord } from 'lightning/uiRecordApi';

describe('c-bill-resend', () => {
  let element: any;
  const resent = jest.fn();
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const allow = (createable: boolean): Promise<void> =>
    answer('apiNames', { uiapi: { objectInfos: [{ createable }] } });

  beforeEach(() => {
    jest.clearAllMocks();
    element = createElement('c-bill-resend', { is: BillResend });
    element.recordId = 'a01000000000001AAA';
    element.addEventListener('resent', resent);
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('asks the agent to send the Bill again, and tells the page when it has answered', async () => {
    await allow(true);
    find('.resend').click();
    await settled();
    expect((createRecord as jest.Mock).mock.calls[0][0].fields).toEqual({
      Type__c: 'RESEND_BILL',
      Bill__c: 'a01000000000001AAA',
    });
    find('c-sync-request').dispatchEvent(new CustomEvent('answered', { detail: { isDone: true } }));
    expect(resent).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('offers nothing to people who may not ask the agent', async () => {
    await allow(false);
    expect(find('.resend')).toBeNull();
    await refuse('apiNames', 'The object Sync_Request__c is not supported.');
    expect(find('.resend')).toBeNull();
  });
});
