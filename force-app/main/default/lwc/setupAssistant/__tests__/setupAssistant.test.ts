import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';
import { noteCardShown } from 'c/cardPlacement';
import { navigations } from '../../../../../../config/jest-mocks/lightning/navigation';

const NOW = '2026-11-22T12:00:00Z';
const connection = (...nodes: object[]): object => ({ edges: nodes.map((node) => ({ node })) });
const EMPTY = {
  agents: connection(),
  credentials: connection(),
  accounts: { ...connection(), totalCount: 0 },
  integrations: connection(),
  previews: { totalCount: 0 },
  bills: { totalCount: 0 },
};
const SEEN = connection({ Id: 'a1', lastSeen: { value: '2026-11-22T11:59:00Z' } });
const CREDENTIALS = connection({ Id: 'a05', status: { value: 'WORKING' } });
const ACCOUNTS = { ...connection({ Id: '001000000000001AAA' }), totalCount: 20 };
const INTEGRATION = {
  Id: 'a02000000000001AAA',
  enabled: { value: true },
  connectionStatus: { value: 'CONNECTED' },
  credentialId: { value: 'a05000000000001AAA' },
};
const DISABLED = { ...INTEGRATION, enabled: { value: false } };

describe('c-setup-assistant', () => {
  let element: any;
  let opened: jest.Mock;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const states = (): string[] => all('.step lightning-icon').map(({ alternativeText }) => alternativeText);
  const actions = (): string[] => all('.action').map(({ dataset }) => dataset.name);
  const press = (name: string): void => find(`[data-name="${name}"]`).click();
  const created = jest.fn();
  const refresh = jest.fn(() => Promise.resolve());
  const show = (changes: object = {}, createable = true): Promise<void> => {
    const objectInfos = [{ createable }, { createable }];
    return answer('apiNames', { uiapi: { objectInfos, query: { ...EMPTY, ...changes } } }, refresh);
  };
  const asked = (): any => (createRecord as jest.Mock).mock.calls.at(-1)?.[0].fields;

  beforeEach(async () => {
    jest.clearAllMocks();
    navigations.length = 0;
    localStorage.clear();
    jest.useFakeTimers({ now: new Date(NOW), doNotFake: ['setTimeout', 'queueMicrotask'] });
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a09000000000001AAA' });
    const dialog = (await import('c/createIntegration')) as any;
    opened = dialog.default.open = jest.fn();
    const { default: SetupAssistant } = await import('c/setupAssistant');
    element = createElement('c-setup-assistant', { is: SetupAssistant });
    element.addEventListener('created', created);
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

  it('waits for the org', async () => {
    expect(find('lightning-spinner')).not.toBeNull();
    await isAccessible();
  });

  it('says so when the steps cannot be checked', async () => {
    await refuse('apiNames', 'No');
    expect(find('c-error-panel')).not.toBeNull();
    await isAccessible();
  });

  it('begins an empty org with everything to do, and offers what can be done', async () => {
    await show({}, false);
    expect(find('.progress').textContent).toBe('0 of 9 steps are done');
    expect(states()).toEqual(Array(9).fill('To do'));
    expect(actions()).toEqual(['permissions', 'agent', 'credential', 'accounts', 'integration', 'card']);
    await isAccessible();
  });

  it('checks off what the org shows', async () => {
    const integrations = connection(INTEGRATION);
    await show({ agents: SEEN, credentials: CREDENTIALS, accounts: ACCOUNTS, integrations });
    expect(states()).toEqual(['Done', 'Done', 'Done', 'Done', 'Done', 'To do', 'Done', 'To do', 'To do']);
    expect(actions()).toEqual(['preview', 'firstBill', 'card']);
    await show({ agents: SEEN, integrations, previews: { totalCount: 1 }, bills: { totalCount: 5 } });
    expect(states().slice(5, 8)).toEqual(['Done', 'Done', 'Done']);
    await isAccessible();
  });

  it('takes permissions for assigned when the person may configure and the agent can report', async () => {
    await show({ agents: SEEN }, false);
    expect(states().slice(0, 2)).toEqual(['To do', 'Done']);
    press('permissions');
    await settled();
    expect(navigations.at(-1)).toMatchObject({ attributes: { url: '/lightning/setup/PermSets/home' } });
    await show({ agents: SEEN });
    expect(states()[0]).toBe('Done');
  });

  it('takes an agent that was not seen for long for one that does not run, and looks again', async () => {
    await show({ agents: connection({ Id: 'a1', lastSeen: { value: '2026-11-22T11:00:00Z' } }) });
    expect(states()[1]).toBe('To do');
    press('agent');
    expect(refresh).toHaveBeenCalled();
  });

  it('opens the wizard, and tells the page what it created', async () => {
    opened.mockResolvedValue(INTEGRATION.Id);
    await show();
    press('integration');
    await settled();
    expect(created.mock.calls[0][0].detail).toBe(INTEGRATION.Id);
  });

  it('tests and enables an integration that has a credential, and leads to one that has none', async () => {
    await show({ integrations: connection(DISABLED) });
    press('connected');
    expect(asked()).toMatchObject({ Type__c: 'ENABLE_INTEGRATION', Integration__c: INTEGRATION.Id });
    await show({ integrations: connection({ ...DISABLED, credentialId: { value: null } }) });
    press('connected');
    await settled();
    expect(navigations.at(-1)).toMatchObject({ attributes: { recordId: INTEGRATION.Id } });
  });

  it('asks the agent what would be sent, shows it, and asks for the first Bills', async () => {
    await show({ integrations: connection(INTEGRATION) });
    press('preview');
    expect(asked()).toMatchObject({ Type__c: 'DRY_RUN', Integration__c: INTEGRATION.Id });
    const data = { integrations: [], idle: [], bills: [] };
    const detail = { type: 'DRY_RUN', isDone: true, result: '', data };
    find('c-sync-request').dispatchEvent(new CustomEvent('answered', { detail }));
    await settled();
    expect(find('c-dry-run-preview').dryRun).toEqual(data);
    press('firstBill');
    expect(asked()).toMatchObject({ Type__c: 'SYNC_NOW' });
  });

  it('takes the card for placed once this browser has shown it, and leads to an Account until then', async () => {
    await show({ accounts: ACCOUNTS });
    press('card');
    await settled();
    expect(navigations.at(-1)).toMatchObject({ attributes: { recordId: '001000000000001AAA' } });
    noteCardShown();
    await show({ accounts: ACCOUNTS });
    expect(states().at(-1)).toBe('Done');
    expect(actions()).not.toContain('card');
  });
});
