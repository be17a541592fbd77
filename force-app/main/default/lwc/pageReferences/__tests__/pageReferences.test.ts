const load = async () => await import('c/pageReferences');

describe('c/pageReferences', () => {
  beforeEach(() => jest.resetModules());

  it('leads to a Bill and to an Account', async () => {
    const { accountPage, billPage } = await load();
    expect(billPage('a01')).toMatchObject({ attributes: { recordId: 'a01', objectApiName: 'Bill__c' } });
    expect(accountPage('001')).toMatchObject({ attributes: { recordId: '001', objectApiName: 'Account' } });
  });

  it('leads to integrations, Runs, credentials and Events', async () => {
    const { credentialPage, eventsPage, integrationPage, runPage, runsPage } = await load();
    expect([integrationPage('1'), runPage('2'), credentialPage('3')].map(({ attributes }) => attributes)).toEqual([
      { recordId: '1', objectApiName: 'Integration_Configuration__c', actionName: 'view' },
      { recordId: '2', objectApiName: 'Integration_Run__c', actionName: 'view' },
      { recordId: '3', objectApiName: 'Integration_Credential__c', actionName: 'view' },
    ]);
    expect(eventsPage().attributes).toEqual({ apiName: 'M3ter_Events' });
    expect(runsPage().attributes).toEqual({ apiName: 'M3ter_Runs' });
  });

  it('leads to the list views of Runs and Events', async () => {
    const { eventListViewsPage, runListViewsPage } = await load();
    expect([runListViewsPage(), eventListViewsPage()].map(({ attributes }) => attributes)).toEqual([
      { objectApiName: 'Integration_Run__c', actionName: 'list' },
      { objectApiName: 'Integration_Event__c', actionName: 'list' },
    ]);
  });

  it('leads to the Bills of one Account and reads back which one', async () => {
    const { accountOf, billsPage } = await load();
    expect(billsPage({ accountId: '001' })).toMatchObject({
      attributes: { apiName: 'M3ter_Bills' },
      state: { c__accountId: '001' },
    });
    expect(accountOf(billsPage({ accountId: '001' }))).toBe('001');
    expect(accountOf(billsPage())).toBeUndefined();
    expect(accountOf(undefined)).toBeUndefined();
  });

  it('leads to Bills of some kind and reads back which, all where it does not know them', async () => {
    const { billsPage, shownBillsOf } = await load();
    expect(billsPage({ show: 'changed' }).state).toEqual({ c__show: 'changed' });
    expect(shownBillsOf(billsPage({ show: 'changed' }))).toBe('changed');
    expect(shownBillsOf({ ...billsPage(), state: { c__show: 'unheard of' } })).toBe('all');
    expect(shownBillsOf(undefined)).toBe('all');
  });

  it('carries the namespace of the installed package', async () => {
    const schema = () => ({ __esModule: true, default: { objectApiName: 'm3b__Bill__c' } });
    jest.doMock('@salesforce/schema/Bill__c', schema, { virtual: true });
    const { billPage, billsPage } = await load();
    expect(billPage('a01').attributes['objectApiName']).toBe('m3b__Bill__c');
    expect(billsPage({ accountId: '001' })).toMatchObject({
      attributes: { apiName: 'm3b__M3ter_Bills' },
      state: { m3b__accountId: '001' },
    });
  });
});
