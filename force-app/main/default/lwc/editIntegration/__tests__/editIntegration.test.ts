import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { settled } from '../../../../../../config/jest-mocks/answers';
import { closings } from '../../../../../../config/jest-mocks/lightning/modal';
import { EMPTY_DRAFT } from 'c/integrationDraft';

const ID = 'a02000000000001AAA';
const BEFORE = { ...EMPTY_DRAFT, name: 'US gold' };

describe('c-edit-integration', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const problems = (): string[] =>
    [...element.shadowRoot.querySelectorAll('.problems li')].map(({ textContent }) => textContent);
  const press = async (selector: string): Promise<void> => {
    find(selector).click();
    await settled();
  };
  const enter = async (changes: object): Promise<void> => {
    find('c-integration-form').dispatchEvent(new CustomEvent('draftchange', { detail: { ...BEFORE, ...changes } }));
    await settled();
  };
  const review = async (found: object[] = []): Promise<void> => {
    find('c-integration-form').check = () => found;
    await press('.review');
  };

  beforeEach(async () => {
    jest.clearAllMocks();
    closings.length = 0;
    (updateRecord as jest.Mock).mockResolvedValue({});
    const { default: EditIntegration } = await import('c/editIntegration');
    element = createElement('c-edit-integration', { is: EditIntegration });
    Object.assign(element, { recordId: ID, before: BEFORE });
    document.body.appendChild(element);
    await settled();
  });
  afterEach(() => element.remove());

  it('shows what changes before it saves just that', async () => {
    expect(find('c-integration-form').draft).toEqual(BEFORE);
    await expect(element).toBeAccessible();
    await enter({ triggerType: 'SCHEDULE' });
    await review();
    expect(element.shadowRoot.activeElement).toBe(find('.step'));
    expect(find('c-integration-settings').after.triggerType).toBe('SCHEDULE');
    await expect(element).toBeAccessible();
    await press('.save');
    expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: ID, Trigger_Type__c: 'SCHEDULE' } });
    expect(closings).toEqual([true]);
  });

  it('goes back to the form with what was entered', async () => {
    await enter({ accountFilter: 'currency == USD' });
    await review();
    await press('.back');
    expect(find('c-integration-form').draft.accountFilter).toBe('currency == USD');
  });

  it('shows what the agent would send by the settings before they are saved', async () => {
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a06000000000001AAA' });
    await enter({ accountFilter: 'currency == USD ', excludedTypes: ['USAGE'], triggerType: 'SCHEDULE' });
    await review();
    await press('.preview');
    const settings = JSON.stringify({ excludedLineItemTypes: ['USAGE'], accountFilter: 'currency == USD' });
    expect(createRecord).toHaveBeenCalledWith({
      apiName: 'Sync_Request__c',
      fields: { Type__c: 'DRY_RUN', Integration__c: ID, Draft_Settings__c: settings },
    });
    const data = { integrations: [], idle: [], bills: [], letThrough: { newly: 0, noLonger: 2 } };
    const detail = { type: 'DRY_RUN', isDone: true, result: '', data };
    find('c-sync-request').dispatchEvent(new CustomEvent('answered', { detail }));
    await settled();
    expect(find('c-dry-run-preview').dryRun).toEqual(data);
    expect(updateRecord).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
    await press('.back');
    await review();
    expect(find('c-dry-run-preview')).toBeNull();
  });

  it('shows no preview when the agent could not make one', async () => {
    await enter({ accountFilter: 'currency == USD' });
    await review();
    const detail = { type: 'DRY_RUN', isDone: false, result: 'm3ter cannot be reached.', data: undefined };
    find('c-sync-request').dispatchEvent(new CustomEvent('answered', { detail }));
    await settled();
    expect(find('c-dry-run-preview')).toBeNull();
  });

  it('saves nothing where nothing was changed', async () => {
    await review();
    expect(find('.unchanged').textContent).toBe('Nothing was changed.');
    expect(find('.save').disabled).toBe(true);
    expect(find('.preview')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('stays at the form while something is wrong', async () => {
    await review([{ input: 'name', text: 'Give the integration a name.' }]);
    expect(problems()).toEqual(['Give the integration a name.']);
    expect(find('c-integration-form')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('keeps what was entered when the org refuses', async () => {
    (updateRecord as jest.Mock).mockRejectedValue({ body: { message: 'Not allowed' } });
    await enter({ triggerType: 'SCHEDULE' });
    await review();
    await press('.save');
    expect(problems()).toEqual(['Not allowed']);
    expect(closings).toEqual([]);
    await press('.cancel');
    expect(closings).toEqual([undefined]);
  });
});
