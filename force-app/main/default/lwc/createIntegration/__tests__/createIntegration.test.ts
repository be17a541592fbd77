import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';
import { closings } from '../../../../../../config/jest-mocks/lightning/modal';
import { EMPTY_DRAFT } from 'c/integrationDraft';

const CREDENTIAL = {
  Id: 'a05000000000001AAA',
  Name: { value: 'prod-us' },
  status: { value: 'WORKING', label: 'Working' },
};

describe('c-create-integration', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const press = async (selector: string): Promise<void> => {
    find(selector).click();
    await settled();
  };
  const problems = (): string[] =>
    [...element.shadowRoot.querySelectorAll('.problems li')].map(({ textContent }) => textContent);
  const enter = async (draft: object): Promise<void> => {
    find('c-integration-form').dispatchEvent(new CustomEvent('draftchange', { detail: { ...EMPTY_DRAFT, ...draft } }));
    await settled();
  };
  const accept = (found: object[] = []): void => {
    find('c-integration-form').check = jest.fn(() => found);
  };

  beforeEach(async () => {
    jest.clearAllMocks();
    closings.length = 0;
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a02000000000009AAA' });
    const { default: CreateIntegration } = await import('c/createIntegration');
    element = createElement('c-create-integration', { is: CreateIntegration });
    document.body.appendChild(element);
    await answer(undefined, { uiapi: { query: { credentials: { edges: [{ node: CREDENTIAL }] } } } });
  });
  afterEach(() => element.remove());

  it('leads through three stages, and back with what was entered', async () => {
    const stage = (): string => find('lightning-progress-indicator').currentStep;
    expect(stage()).toBe('entity');
    expect(find('.back')).toBeNull();
    await expect(element).toBeAccessible();
    await press('.next');
    expect(stage()).toBe('destination');
    expect(element.shadowRoot.activeElement).toBe(find('.stage'));
    await expect(element).toBeAccessible();
    await press('.next');
    expect(stage()).toBe('configure');
    await enter({ name: 'US gold' });
    await press('.back');
    await press('.next');
    expect(find('c-integration-form').draft.name).toBe('US gold');
    await expect(element).toBeAccessible();
  });

  it('creates the integration with its credential, and closes with its id', async () => {
    await press('.next');
    await press('.next');
    await enter({ name: 'US gold', triggerType: 'SCHEDULE' });
    expect(find('.credential').options).toEqual([
      { label: 'Add it later', value: '' },
      { label: 'prod-us · Working', value: CREDENTIAL.Id },
    ]);
    find('.credential').dispatchEvent(new CustomEvent('change', { detail: { value: CREDENTIAL.Id } }));
    accept();
    await press('.create');
    const { apiName, fields } = (createRecord as jest.Mock).mock.calls[0][0];
    expect(apiName).toBe('Integration_Configuration__c');
    expect(fields).toMatchObject({ Name: 'US gold', Trigger_Type__c: 'SCHEDULE', Credential__c: CREDENTIAL.Id });
    expect(fields).toMatchObject({
      Enabled__c: false,
      Disabled_Reason__c: 'Not switched on yet. Look at the preview, then test and enable it.',
    });
    expect(closings).toEqual(['a02000000000009AAA']);
  });

  it('switches it on at once on demand', async () => {
    await press('.next');
    await press('.next');
    await enter({ name: 'US gold' });
    find('.enabled').dispatchEvent(new CustomEvent('change', { detail: { checked: true } }));
    accept();
    await press('.create');
    expect((createRecord as jest.Mock).mock.calls[0][0].fields).toMatchObject({ Enabled__c: true });
  });

  it('says what is missing, and creates nothing', async () => {
    await press('.next');
    await press('.next');
    accept([{ input: 'name', text: 'Give the integration a name.' }]);
    await press('.create');
    expect(problems()).toEqual(['Give the integration a name.']);
    expect(createRecord).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });

  it('keeps everything when the org refuses, and tells why', async () => {
    (createRecord as jest.Mock).mockRejectedValue({ body: { message: 'Not allowed' } });
    await press('.next');
    await press('.next');
    await enter({ name: 'US gold' });
    accept();
    await press('.create');
    expect(problems()).toEqual(['The integration was not created.', 'Not allowed']);
    expect(closings).toEqual([]);
    expect(find('c-integration-form').draft.name).toBe('US gold');
  });

  it('goes on without a credential where none can be read', async () => {
    element.remove();
    document.body.appendChild(element);
    await refuse(undefined, 'Cannot query field "Integration_Credential__c" on type "RecordQuery".');
    await press('.next');
    await press('.next');
    expect(find('.credential').options[0].value).toBe('');
    await expect(element).toBeAccessible();
  });

  it('closes without an answer', async () => {
    await press('.cancel');
    expect(closings).toEqual([undefined]);
  });
});
