import { updateRecord } from 'lightning/uiRecordApi';
import { disableIntegration, markActioned, setCredential } from 'c/changes';

const written = (): any => (updateRecord as jest.Mock).mock.calls[0][0].fields;

describe('c/changes', () => {
  beforeEach(() => {
    jest.clearAllMocks();
    jest.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') });
  });
  afterEach(() => jest.useRealTimers());

  it('disables an integration with reason and time', async () => {
    await disableIntegration('a02', 'Migration');
    expect(written()).toEqual({
      Id: 'a02',
      Enabled__c: false,
      Disabled_Reason__c: 'Migration',
      Disabled_At__c: '2026-11-22T12:00:00.000Z',
    });
  });

  it('takes the credential away by null', async () => {
    await setCredential('a02', null);
    expect(written()).toEqual({ Id: 'a02', Credential__c: null });
  });

  it('marks an Event as actioned now', async () => {
    await markActioned('a03');
    expect(written()).toEqual({ Id: 'a03', Actioned__c: true, Actioned_At__c: '2026-11-22T12:00:00.000Z' });
  });
});
