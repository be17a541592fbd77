import '../../../../../../config/jest-mocks/labels';

describe('an integration that a person enters', () => {
  let module: typeof import('c/integrationDraft');
  const draft = (more: object = {}) => ({ ...module.EMPTY_DRAFT, name: 'US gold', ...more });
  const texts = (more: object): string[] => module.problemsOf(draft(more)).map(({ text }) => text);

  beforeEach(async () => {
    module = await import('c/integrationDraft');
  });

  it('can be saved with nothing but a name', () => {
    expect(texts({})).toEqual([]);
  });

  it('names everything that is wrong, in the order of the inputs', () => {
    const wrong = { name: ' ', accountIds: ['a', 'b'], restrictedAccountIds: ['b'], accountFilter: 'currency = USD' };
    expect(module.problemsOf(draft(wrong)).map(({ input }) => input)).toEqual([
      'name',
      'restrictedAccountIds',
      'accountFilter',
    ]);
    expect(texts({ ...wrong, name: 'x' })).toEqual([
      'In both lists, so never sent: b. Take it out of one of them.',
      'The Account filter is not complete, character 10: Use == for equality.',
    ]);
  });

  it('becomes the fields of a record, without what is empty', () => {
    const fields = module.fieldsOf(
      draft({ name: ' US gold ', accountIds: ['a', 'b'], excludedTypes: ['USAGE', 'AD_HOC'] }),
    );
    expect(fields).toMatchObject({
      Name: 'US gold',
      Account_Ids__c: 'a\nb',
      Restricted_Account_Ids__c: null,
      Excluded_Line_Item_Types__c: 'USAGE;AD_HOC',
      Account_Filter__c: null,
      Sort_Line_Items_By__c: 'NONE',
      Trigger_Type__c: 'EVENT',
    });
  });

  it('becomes a new integration, switched on or with the reason why not', () => {
    const begin = (isEnabled: boolean): object =>
      module.newIntegration(draft(), { credentialId: 'a05', isEnabled, disabledReason: 'Not yet.' }).fields;
    expect(begin(false)).toMatchObject({
      Entity_Type__c: 'Bill',
      Destination__c: 'Salesforce',
      Credential__c: 'a05',
      Enabled__c: false,
      Disabled_Reason__c: 'Not yet.',
    });
    expect(begin(true)).toMatchObject({ Enabled__c: true });
    expect(begin(true)).not.toHaveProperty('Disabled_Reason__c');
  });

  it('tells which settings an edit changes', () => {
    expect(module.changedInputs(draft(), draft())).toEqual([]);
    expect(module.changedInputs(draft(), draft({ triggerType: 'SCHEDULE', accountIds: ['a'] }))).toEqual([
      'accountIds',
      'triggerType',
    ]);
  });

  it('reads ids that are divided by lines, commas or spaces, each once', () => {
    expect(module.toIds(' a\nb, c;a\r\n')).toEqual(['a', 'b', 'c']);
    expect(module.toIds(null)).toEqual([]);
  });
});
