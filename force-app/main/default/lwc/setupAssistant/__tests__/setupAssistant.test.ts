import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';
import { navigations } from '../../../../../../config/jest-mocks/lightning/navigation';

const NOW = '2026-11-22T12:00:00Z';
const connection = (...nodes: object[]): object => ({ edges: nodes.map((node) => ({ node })) });
const EMPTY = {
  agents: connection(),
  credentials: connection(),
  accounts: { totalCount: 0 },
  integrations: connection(),
  previews: { totalCount: 0 },
  bills: { totalCount: 0 },
};
const SEEN = connection({ Id: 'a1', lastSeen: { value: '2026-11-22T11:59:00Z' } });
const CREDENTIALS = connection({ Id: 'a05', status: { value: 'WORKING' } });
const INTEGRATION = { Id: 'a02000000000001AAA', enabled: { value: true }, connectionStatus: { value: 'CONNECTED' } };

describe('c-setup-assistant', () => {
  let element: any;
  let opened: jest.Mock;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const states = (): string[] => all('.step lightning-icon').map(({ alternativeText }) => alternativeText);
  const actions = (): string[] => all('.action').map(({ dataset }) => dataset.name);
  const press = (name: string): void => find(`[data-name="${name}"]`).click();
  const show = (changes: object = {}): Promise<void> =>
    answer(undefined, { uiapi: { query: { ...EMPTY, ...changes } } });

  beforeEach(async () => {
    jest.clearAllMocks();
    navigations.length = 0;
    jest.useFakeTimers({ now: new Date(NOW), doNotFake: ['setTimeout', 'queueMicrotask'] });
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a09000000000001AAA' });
    const dialog = (await import('c/createIntegration')) as any;
    opened = dialog.default.open = jest.fn();
    const { default: SetupAssistant } = await import('c/setupAssistant');
    element = createElement('c-setup-assistant', { is: SetupAssistant });
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
    await refuse(undefined, 'No');
    expect(find('c-error-panel')).not.toBeNull();
    await isAccessible();
  });

  it('begins an empty org with everything to do, and offers what can be done', async () => {
    await show();
    expect(find('.progress').textContent).toBe('0 of 8 steps are done');
    expect(states()).toEqual(Array(7).fill('To do'));
    expect(actions()).toEqual(['integration']);
    await isAccessible();
  });

  it('checks off what the org shows', async () => {
    const integrations = connection(INTEGRATION);
    await show({ agents: SEEN, credentials: CREDENTIALS, accounts: { totalCount: 20 }, integrations });
    expect(states()).toEqual(['Done', 'Done', 'Done', 'Done', 'Done', 'To do', 'To do']);
    expect(actions()).toEqual(['preview', 'firstBill']);
    await show({ agents: SEEN, integrations, previews: { totalCount: 1 }, bills: { totalCount: 5 } });
    expect(states().slice(-2)).toEqual(['Done', 'Done']);
    await isAccessible();
  });

  it('takes an agent that was not seen for long for one that does not run', async () => {
    await show({ agents: connection({ Id: 'a1', lastSeen: { value: '2026-11-22T11:00:00Z' } }) });
    expect(states()[0]).toBe('To do');
  });

  it('opens the wizard, and then the page of what it created', async () => {
    opened.mockResolvedValue(INTEGRATION.Id);
    await show();
    press('integration');
    await settled();
    expect(navigations.at(-1)).toMatchObject({ attributes: { recordId: INTEGRATION.Id } });
  });

  it('leads to an integration that is not connected', async () => {
    await show({ integrations: connection({ ...INTEGRATION, connectionStatus: { value: 'NOT_CONNECTED' } }) });
    press('connected');
    await settled();
    expect(navigations.at(-1)).toMatchObject({ attributes: { recordId: INTEGRATION.Id } });
  });

  it('asks the agent for a dry run and for the first Bills', async () => {
    await show({ integrations: connection(INTEGRATION) });
    press('preview');
    expect((createRecord as jest.Mock).mock.calls[0][0].fields).toMatchObject({
      Type__c: 'DRY_RUN',
      Integration__c: INTEGRATION.Id,
    });
  });

  it('lets a person tick off what no page can check', async () => {
    await show();
    find('.card').dispatchEvent(new CustomEvent('change', { detail: { checked: true } }));
    await Promise.resolve();
    expect(find('.progress').textContent).toBe('1 of 8 steps are done');
  });
});
