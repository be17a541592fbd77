import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';

const ID = 'a02000000000001AAA';
const value = (given: unknown, label?: string): object => ({ value: given, ...(label ? { label } : {}) });
const INTEGRATION = {
  Id: ID,
  Name: value('US gold'),
  enabled: value(true),
  triggerType: value('EVENT', 'Event'),
  connectionStatus: value('CONNECTED', 'Connected'),
  successiveErrors: value(2),
  accountFilter: value('customFields.tier == gold'),
  accountIds: value('m3ter-1\nm3ter-2'),
  restrictedAccountIds: value(null),
  notifyUserIds: value(null),
  onlyOnApproval: value(true),
  useMapping: value(false),
  excludedTypes: value('USAGE;AD_HOC'),
  sortBy: value('NONE'),
  disabledReason: value(null),
  pinnedOrgId: value('00D000000000001AAA'),
  credentialId: value('a05000000000001AAA'),
  credential: { Name: value('prod-us') },
};
const CREDENTIAL = { Id: 'a05000000000001AAA', Name: value('prod-us'), status: value('WORKING', 'Working') };
const failed = (id: string, code: string, message: string): object => ({
  Id: id,
  Name: value(`RUN-${id}`),
  errorCode: value(code),
  error: value(message),
});
const AGENT = {
  lastSeen: value('2026-11-22T11:59:48.000Z'),
  version: value('0.1.0'),
  queueDepth: value(3),
  callsUsed: value(1130),
  callBudget: value(12_000),
};
const page = (integration: object | undefined, errors: object[] = [], totalErrors = errors.length): object => {
  const connection = (nodes: object[]) => ({ edges: nodes.map((node) => ({ node })) });
  return {
    uiapi: {
      query: {
        integrations: connection(integration ? [integration] : []),
        credentials: connection([CREDENTIAL]),
        runs: connection([]),
        errors: { ...connection(errors), totalCount: totalErrors },
        agents: connection([AGENT]),
      },
    },
  };
};

describe('c-integration-details', () => {
  let element: any;
  const dialogs: Record<string, jest.Mock> = {};
  const toast = jest.fn();
  const refresh = jest.fn(() => Promise.resolve());
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const words = (selector: string): string => find(selector).textContent.replace(/\s+/g, ' ').trim();
  const buttons = (): string[] => all('.actions lightning-button').map(({ label }) => label);
  const press = (label: string): void =>
    all('.actions lightning-button')
      .find((one) => one.label === label)
      .click();
  const menu = (): string[] => all('.actions lightning-menu-item').map(({ label }) => label);
  const choose = (value: string): void => {
    find('.actions .more').dispatchEvent(new CustomEvent('select', { detail: { value } }));
  };
  const show = (...given: Parameters<typeof page>): Promise<void> => answer('since', page(...given), refresh);
  const tick = (ms = 0): Promise<unknown> => jest.advanceTimersByTimeAsync(ms);
  const asked = (): any => (createRecord as jest.Mock).mock.calls.at(-1)?.[0].fields;
  const written = (): any => (updateRecord as jest.Mock).mock.calls.at(-1)?.[0].fields;

  beforeEach(async () => {
    jest.clearAllMocks();
    jest.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') });
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a09000000000001AAA' });
    (updateRecord as jest.Mock).mockResolvedValue({});
    for (const name of ['editIntegration', 'confirmDialog', 'credentialDialog', 'disableDialog']) {
      const dialog = (await import(`c/${name}`)) as any;
      dialogs[name] = dialog.default.open = jest.fn();
    }
    const { default: IntegrationDetails } = await import('c/integrationDetails');
    element = createElement('c-integration-details', { is: IntegrationDetails });
    element.recordId = ID;
    element.addEventListener('lightning__showtoast', toast);
    document.body.appendChild(element);
  });
  afterEach(() => {
    element.remove();
    jest.useRealTimers();
  });
  const isAccessible = async (): Promise<void> => {
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  };

  it('says whether it is connected, where to and with what, and shows the id to copy', async () => {
    await show(INTEGRATION);
    expect(words('.status')).toBe('Connected · Event');
    expect(find('.warning')).toBeNull();
    expect(words('.configuration-id')).toBe(ID);
    expect(words('.org')).toBe('Org 00D000000000001AAA');
    expect(find('c-agent-status').agent.queueDepth).toBe(3);
    expect(find('c-integration-events').filter).toEqual({ integrationId: ID });
    await isAccessible();
  });

  it.each([
    [{ credentialId: value(null), credential: null }, 'Not connected: this integration has no credential yet.'],
    [{ connectionStatus: value('NOT_CONNECTED', 'Not connected') }, 'the agent has not signed in with prod-us'],
    [{ connectionStatus: value('REJECTED', 'Rejected') }, 'This org refuses the credential prod-us.'],
    [{ enabled: value(false), disabledReason: value('10 successive errors') }, 'Disabled: 10 successive errors'],
  ])('warns until it works: %#', async (changes, text) => {
    await show({ ...INTEGRATION, ...changes });
    expect(words('.warning')).toContain(text);
    await isAccessible();
  });

  it('shows its settings, and reads them again once they were edited', async () => {
    await show(INTEGRATION);
    const draft = find('c-integration-settings').draft;
    expect(draft).toMatchObject({
      name: 'US gold',
      accountIds: ['m3ter-1', 'm3ter-2'],
      restrictedAccountIds: [],
      onlyOnApproval: true,
      excludedTypes: ['USAGE', 'AD_HOC'],
    });
    dialogs['editIntegration']?.mockResolvedValue(true);
    press('Edit');
    await tick();
    expect(dialogs['editIntegration']).toHaveBeenCalledWith(expect.objectContaining({ recordId: ID, before: draft }));
    expect(toast.mock.calls[0][0].detail.title).toBe('US gold is saved.');
    expect(refresh).toHaveBeenCalledTimes(1);
    await isAccessible();
  });

  it('offers what fits its state, with one thing to do first', async () => {
    const ofCredential = ['Test credential', 'Update credential', 'Disconnect'];
    await show(INTEGRATION);
    expect(buttons()).toEqual(['Sync now', 'Preview', 'Edit']);
    expect(menu()).toEqual([...ofCredential, 'Disable']);
    await show({ ...INTEGRATION, enabled: value(false) });
    expect(buttons()).toEqual(['Test and enable', 'Preview', 'Edit']);
    expect(menu()).toEqual(ofCredential);
    await show({ ...INTEGRATION, credentialId: value(null), credential: null });
    expect(buttons()).toEqual(['Add credential', 'Sync now', 'Preview', 'Edit']);
    expect(menu()).toEqual(['Disable']);
    expect(all('.actions lightning-button').map(({ variant }) => variant === 'brand')).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await show({ ...INTEGRATION, enabled: value(false), credentialId: value(null), credential: null });
    expect(find('.more')).toBeNull();
    await isAccessible();
  });

  it('asks the agent to sync, to try without writing, and to test the credential', async () => {
    await show(INTEGRATION);
    press('Sync now');
    expect(asked()).toEqual({ Type__c: 'SYNC_NOW', Integration__c: ID });
    press('Preview');
    expect(asked()).toEqual({ Type__c: 'DRY_RUN', Integration__c: ID });
    choose('testCredential');
    expect(asked()).toEqual({ Type__c: 'TEST_CREDENTIAL', Credential__c: 'a05000000000001AAA' });
  });

  it('shows what a sync would do until something else is asked for', async () => {
    await show(INTEGRATION);
    const data = { integrations: [], idle: [], bills: [] };
    const answered = (type: string, isDone: boolean): void => {
      const detail = { type, isDone, result: '', data };
      find('c-sync-request').dispatchEvent(new CustomEvent('answered', { detail }));
    };
    answered('SYNC_NOW', true);
    answered('DRY_RUN', false);
    await tick();
    expect(find('c-dry-run-preview')).toBeNull();
    answered('DRY_RUN', true);
    await tick();
    expect(find('c-dry-run-preview').dryRun).toEqual(data);
    press('Sync now');
    await tick();
    expect(find('c-dry-run-preview')).toBeNull();
  });

  it('connects with the chosen credential', async () => {
    await show(INTEGRATION);
    dialogs['credentialDialog']?.mockResolvedValue('a05000000000002AAA');
    choose('updateCredential');
    await tick();
    expect(dialogs['credentialDialog']?.mock.calls[0][0].credentials).toEqual([
      { id: CREDENTIAL.Id, name: 'prod-us', status: 'Working' },
    ]);
    expect(written()).toEqual({ Id: ID, Credential__c: 'a05000000000002AAA' });
    expect(refresh).toHaveBeenCalled();
  });

  it('disconnects once that is confirmed', async () => {
    await show(INTEGRATION);
    dialogs['confirmDialog']?.mockResolvedValueOnce(false).mockResolvedValueOnce(true);
    choose('disconnect');
    await tick();
    expect(updateRecord).not.toHaveBeenCalled();
    choose('disconnect');
    await tick();
    expect(written()).toEqual({ Id: ID, Credential__c: null });
  });

  it('disables with the reason that was given, and says when that failed', async () => {
    await show(INTEGRATION);
    dialogs['disableDialog']?.mockResolvedValue('Migration');
    choose('disable');
    await tick();
    expect(written()).toMatchObject({ Id: ID, Enabled__c: false, Disabled_Reason__c: 'Migration' });
    (updateRecord as jest.Mock).mockRejectedValue({ body: { message: 'insufficient access rights' } });
    choose('disable');
    await tick();
    expect(toast.mock.calls.at(-1)?.[0].detail).toMatchObject({
      title: 'The integration was not changed.',
      message: 'insufficient access rights',
    });
  });

  it('groups the errors of the last seven days by their code, the most frequent first', async () => {
    const errors = [failed('1', 'TIMEOUT', 'newest'), failed('2', 'REQUIRED', 'a'), failed('3', 'REQUIRED', 'b')];
    await show(INTEGRATION, errors, 250);
    const { causes, cut } = find('c-error-causes');
    expect(causes.map(({ code, count, message }: any) => [code, count, message])).toEqual([
      ['REQUIRED', '2', 'a'],
      ['TIMEOUT', '1', 'newest'],
    ]);
    expect(cut).toBe('Counted from the newest 3 of 250 errors.');
    expect(causes[0].lastRunPage.attributes.recordId).toBe('2');
    await isAccessible();
  });

  it('copies the configuration id, or says that the browser does not', async () => {
    await show(INTEGRATION);
    const writeText = jest.fn().mockResolvedValue(undefined);
    Object.assign(navigator, { clipboard: { writeText } });
    find('.copy').click();
    await tick();
    expect(writeText).toHaveBeenCalledWith(ID);
    expect(toast.mock.calls[0][0].detail.variant).toBe('success');
    writeText.mockRejectedValue(new Error('denied'));
    find('.copy').click();
    await tick();
    expect(toast.mock.calls[1][0].detail.variant).toBe('warning');
  });

  it('follows what happens while it is open', async () => {
    await show(INTEGRATION);
    await tick(10_000);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('of a disabled integration come before everything else', async () => {
    await show({ ...INTEGRATION, enabled: value(false) }, [failed('1', 'TIMEOUT', 'newest')]);
    const [causes] = all('c-error-causes');
    expect(all('c-error-causes')).toHaveLength(1);
    expect(causes.compareDocumentPosition(find('.facts'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('waits for the org', async () => {
    expect(find('lightning-spinner')).not.toBeNull();
    await isAccessible();
  });

  it('says that an integration is not here, and what went wrong', async () => {
    await show(undefined);
    expect(find('c-empty-state').heading).toBe('This integration is not here');
    await refuse('since', 'Cannot query field');
    expect(find('c-error-panel').errors).toHaveLength(1);
    expect(find('c-error-panel').noAccessText).toMatch(/\w/);
    await isAccessible();
  });
});
