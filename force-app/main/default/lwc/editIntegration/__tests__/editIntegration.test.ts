import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { updateRecord } from 'lightning/uiRecordApi';
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

  it('saves nothing where nothing was changed', async () => {
    await review();
    expect(find('.unchanged').textContent).toBe('Nothing was changed.');
    expect(find('.save').disabled).toBe(true);
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
