import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';
import { EMPTY_DRAFT } from 'c/integrationDraft';

const field = (ApiName: string, values: string[] = []): object => ({
  ApiName,
  label: `Label of ${ApiName}`,
  inlineHelpText: `Help of ${ApiName}`,
  ...(values.length > 0
    ? { picklistValuesByRecordTypeIDs: [{ picklistValues: values.map((value) => ({ value, label: `The ${value}` })) }] }
    : {}),
});
const FIELDS = [
  field('Account_Ids__c'),
  field('Restricted_Account_Ids__c'),
  field('Disabled_Notification_User_Ids__c'),
  field('Only_Send_Bill_On_Approval__c'),
  field('Use_External_Mapping_Account_Code__c'),
  field('Excluded_Line_Item_Types__c', ['USAGE', 'AD_HOC']),
  field('Sort_Line_Items_By__c', ['NONE', 'SUBTOTAL']),
  field('Account_Filter__c'),
  field('Trigger_Type__c', ['EVENT', 'SCHEDULE']),
];

describe('c-integration-form', () => {
  let element: any;
  const changed = jest.fn();
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const input = (name: string): any => find(`[data-input="${name}"]`);
  const draft = (): any => changed.mock.calls.at(-1)?.[0].detail;
  const show = async (more: object = {}): Promise<void> => {
    const { default: Form } = await import('c/integrationForm');
    element = createElement('c-integration-form', { is: Form });
    element.draft = { ...EMPTY_DRAFT, ...more };
    element.addEventListener('draftchange', changed);
    document.body.appendChild(element);
    await Promise.resolve();
  };
  const load = (): Promise<void> => answer('apiNames', { uiapi: { objectInfos: [{ fields: FIELDS }] } });

  beforeEach(() => changed.mockClear());
  afterEach(() => element.remove());

  it('waits for what the fields are called', async () => {
    await show();
    expect(find('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says so when that cannot be loaded', async () => {
    await show();
    await refuse('apiNames', 'No');
    expect(find('c-error-panel').errors).toEqual([{ message: 'No', locations: [] }]);
    expect(find('.panel')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('shows each setting with the label, help and choices of its field, and its default', async () => {
    await show();
    await load();
    expect(input('accountIds').label).toBe('Label of Account_Ids__c');
    expect(input('accountIds').helpText).toBe('Help of Account_Ids__c');
    expect(input('sortBy').options).toEqual([
      { value: 'NONE', label: 'The NONE' },
      { value: 'SUBTOTAL', label: 'The SUBTOTAL' },
    ]);
    expect([input('sortBy').value, input('triggerType').value, input('onlyOnApproval').checked]).toEqual([
      'NONE',
      'EVENT',
      false,
    ]);
    await expect(element).toBeAccessible();
  });

  it('tells each change as a whole draft', async () => {
    await show({ name: 'US gold' });
    await load();
    const change = (name: string, detail: unknown, type = 'change'): boolean =>
      input(name).dispatchEvent(new CustomEvent(type, { detail }));
    change('name', { value: 'UK gold' });
    expect(draft()).toEqual({ ...EMPTY_DRAFT, name: 'UK gold' });
    change('onlyOnApproval', { checked: true });
    expect(draft()).toMatchObject({ name: 'US gold', onlyOnApproval: true });
    change('restrictedAccountIds', ['a'], 'idschange');
    expect(draft()).toMatchObject({ restrictedAccountIds: ['a'] });
    change('accountFilter', 'currency == USD', 'filterchange');
    expect(draft()).toMatchObject({ accountFilter: 'currency == USD' });
    change('triggerType', { value: 'SCHEDULE' });
    expect(draft()).toMatchObject({ triggerType: 'SCHEDULE' });
  });

  it('excludes types of Line Items, each once, and takes them in again', async () => {
    await show({ excludedTypes: ['AD_HOC'] });
    await load();
    expect(find('.exclude').options.map(({ value }: { value: string }) => value)).toEqual(['USAGE']);
    find('.exclude').dispatchEvent(new CustomEvent('change', { detail: { value: 'USAGE' } }));
    expect(draft().excludedTypes).toEqual(['AD_HOC', 'USAGE']);
    const remove = find('[data-type="AD_HOC"]');
    expect(remove.alternativeText).toBe('Remove The AD_HOC');
    remove.click();
    expect(draft().excludedTypes).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('puts the focus where something is wrong, and has it said there', async () => {
    await show({ accountFilter: 'currency =' });
    await load();
    const focus = jest.fn();
    const reportValidity = jest.fn();
    Object.assign(input('name'), { focus, reportValidity });
    expect(element.check().map(({ input: name }: { input: string }) => name)).toEqual(['name', 'accountFilter']);
    expect(focus).toHaveBeenCalledTimes(1);
    expect(reportValidity).toHaveBeenCalledTimes(1);
  });
});
