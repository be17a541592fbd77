import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { answer } from '../../../../../../config/jest-mocks/answers';
import { EMPTY_DRAFT } from 'c/integrationDraft';

const field = (ApiName: string, values: Record<string, string> = {}): object => {
  const picklistValues = Object.entries(values).map(([value, label]) => ({ value, label }));
  return { ApiName, label: ApiName, inlineHelpText: null, picklistValuesByRecordTypeIDs: [{ picklistValues }] };
};
const FIELDS = [
  field('Account_Ids__c'),
  field('Only_Send_Bill_On_Approval__c'),
  field('Excluded_Line_Item_Types__c', { USAGE: 'Usage', AD_HOC: 'Ad hoc' }),
  field('Sort_Line_Items_By__c', { NONE: 'None', SUBTOTAL: 'Subtotal' }),
  field('Account_Filter__c'),
];

describe('c-integration-settings', () => {
  let element: any;
  const value = (name: string): string =>
    element.shadowRoot.querySelector(`[data-setting="${name}"] .value`).textContent;
  const shown = (): string[] =>
    [...element.shadowRoot.querySelectorAll('.setting')].map(({ dataset }: any) => dataset.setting);
  const show = async (properties: object): Promise<void> => {
    const { default: Settings } = await import('c/integrationSettings');
    element = createElement('c-integration-settings', { is: Settings });
    Object.assign(element, properties);
    document.body.appendChild(element);
    await answer('apiNames', { uiapi: { objectInfos: [{ fields: FIELDS }] } });
  };
  afterEach(() => element.remove());

  it('says each setting in plain words', async () => {
    await show({ draft: { ...EMPTY_DRAFT, onlyOnApproval: true, excludedTypes: ['USAGE', 'AD_HOC'] } });
    expect(['accountIds', 'accountFilter', 'restrictedAccountIds'].map(value)).toEqual([
      'All Accounts',
      'All Accounts',
      'None',
    ]);
    expect(['onlyOnApproval', 'useMapping', 'excludedTypes', 'sortBy'].map(value)).toEqual([
      'Yes',
      'No',
      'Usage, Ad hoc',
      'None',
    ]);
    await expect(element).toBeAccessible();
  });

  it('shows nothing before it knows what the fields are called', async () => {
    const { default: Settings } = await import('c/integrationSettings');
    element = createElement('c-integration-settings', { is: Settings });
    element.draft = EMPTY_DRAFT;
    document.body.appendChild(element);
    await Promise.resolve();
    expect(shown()).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('counts ids that are too many to show', async () => {
    await show({ draft: { ...EMPTY_DRAFT, accountIds: ['1', '2', '3', '4', '5', '6', '7'] } });
    expect(value('accountIds')).toBe('1, 2, 3, 4, 5 and 2 more');
  });

  it('shows only what an edit changes, before and after', async () => {
    await show({ draft: EMPTY_DRAFT, after: { ...EMPTY_DRAFT, sortBy: 'SUBTOTAL', accountIds: ['m3ter-1'] } });
    expect(shown()).toEqual(['accountIds', 'sortBy']);
    expect([value('accountIds'), value('sortBy')]).toEqual(['All Accounts → m3ter-1', 'None → Subtotal']);
    await expect(element).toBeAccessible();
  });
});
