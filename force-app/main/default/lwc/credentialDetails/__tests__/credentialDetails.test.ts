import { createElement } from 'lwc';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';
import CredentialDetails from 'c/credentialDetails';
import { createRecord } from 'lightning/uiRecordApi';

describe('c-credential-details', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const usedBy = async (...names: string[]): Promise<void> => {
    const edges = names.map((name, index) => ({ node: { Id: `a0${index}`, Name: { value: name } } }));
    await answer('recordId', { uiapi: { query: { integrations: { edges } } } });
  };

  beforeEach(() => {
    jest.clearAllMocks();
    element = createElement('c-credential-details', { is: CredentialDetails });
    element.recordId = 'a05000000000001AAA';
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('waits for the org', async () => {
    await settled();
    expect(find('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('shows who uses the credential', async () => {
    await usedBy('UK finance', 'US gold');
    const labels = [...element.shadowRoot.querySelectorAll('c-record-link')].map((link: any) => link.label);
    expect(labels).toEqual(['UK finance', 'US gold']);
    await expect(element).toBeAccessible();
  });

  it('says that nobody does', async () => {
    await usedBy();
    expect(find('.unused')).not.toBeNull();
    expect(find('lightning-spinner')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says what went wrong', async () => {
    await refuse('recordId', 'no access');
    expect(find('c-error-panel').errors).toHaveLength(1);
    expect(find('c-error-panel').noAccessText).toMatch(/\w/);
    expect(find('.unused')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('asks the agent to sign in with it', async () => {
    find('.test').click();
    await settled();
    expect((createRecord as jest.Mock).mock.calls[0][0].fields).toEqual({
      Type__c: 'TEST_CREDENTIAL',
      Credential__c: 'a05000000000001AAA',
    });
  });
});
