import { createElement } from 'lwc';
import IntegrationsHome from 'c/integrationsHome';
import DisableDialog from 'c/disableDialog';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';
import { navigations } from '../../../../../../config/jest-mocks/lightning/navigation';
import home from './data/home.json';

const withQuery = (changes: object) => ({ uiapi: { query: { ...home.uiapi.query, ...changes } } });
const openDialog = (DisableDialog as any).open as jest.Mock;

describe('c-integrations-home', () => {
  let element: any;
  const toast = jest.fn();
  const refresh = jest.fn(() => Promise.resolve());
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const tick = (ms = 0): Promise<unknown> => jest.advanceTimersByTimeAsync(ms);
  const fire = (name: string): boolean =>
    find('c-integration-table').dispatchEvent(new CustomEvent(name, { detail: 'a02000000000002AAA' }));

  beforeEach(() => {
    jest.clearAllMocks();
    jest.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') });
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a09000000000001AAA' });
    (updateRecord as jest.Mock).mockResolvedValue({});
    element = createElement('c-integrations-home', { is: IntegrationsHome });
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

  it('shows a spinner with words while it loads', async () => {
    await tick();
    expect(find('lightning-spinner').alternativeText).toBe('c.Loading');
    await isAccessible();
  });

  it('answers first whether the integration works, then what needs somebody, then the history', async () => {
    await answer(undefined, home);
    expect(find('.health').textContent).toContain('c.Health_Attention');
    expect(find('c-agent-status').agent).toMatchObject({ queueDepth: 3, callsUsed: 1130 });
    expect(find('.unmatched').textContent).toContain('c.Integrations_Unmatched_Bills');
    expect(find('c-integration-events').isCompact).toBe(true);
    expect(find('c-integration-table').integrations.map((row: any) => row.name)).toEqual(['UK finance', 'US gold']);
    expect(find('c-integration-runs').runs[0]).toMatchObject({ sent: 41, skipped: 269, failed: 2 });
    await isAccessible();
  });

  it('says that the agent does not run once it was not seen for a while', async () => {
    const lastCheck = { value: '2026-11-22T11:40:00.000Z' };
    const edges = home.uiapi.query.configurations.edges.map(({ node }) => ({ node: { ...node, lastCheck } }));
    await answer(undefined, withQuery({ agents: { edges: [] }, configurations: { edges } }));
    expect(find('.health').textContent).toContain('c.Health_Silent');
  });

  it('says what to do when no integration exists', async () => {
    await answer(undefined, withQuery({ configurations: { edges: [] }, runs: { edges: [] } }));
    expect(find('.health').textContent).toContain('c.Health_Not_Set_Up');
    expect(find('c-setup-assistant')).not.toBeNull();
    expect(find('.create')).toBeNull();
    expect(find('c-integration-table')).toBeNull();
    await isAccessible();
  });

  it('keeps the set-up steps until the first Bill is here, and shows them again on demand', async () => {
    await answer(undefined, withQuery({ complete: { totalCount: 0 } }));
    expect(find('c-setup-assistant')).not.toBeNull();
    expect(find('.setup-steps')).toBeNull();
    expect(find('c-integration-table')).not.toBeNull();
    await answer(undefined, home);
    expect(find('c-setup-assistant')).toBeNull();
    find('.setup-steps').click();
    await tick();
    expect(find('c-setup-assistant')).not.toBeNull();
    await isAccessible();
  });

  it('unfolds the Accounts to link', async () => {
    await answer(undefined, home);
    expect(find('c-unmatched-accounts')).toBeNull();
    const details = find('.unmatched details');
    details.open = true;
    details.dispatchEvent(new CustomEvent('toggle'));
    await tick();
    expect(find('c-unmatched-accounts')).not.toBeNull();
    await answer(undefined, withQuery({ unmatched: { totalCount: 0 } }));
    expect(find('.unmatched')).toBeNull();
  });

  it('opens the wizard, and then the page of what it created', async () => {
    const { default: CreateIntegration } = (await import('c/createIntegration')) as any;
    CreateIntegration.open = jest.fn().mockResolvedValue('a02000000000009AAA');
    await answer(undefined, home);
    find('.create').click();
    await tick();
    expect(navigations.at(-1)).toMatchObject({ attributes: { recordId: 'a02000000000009AAA' } });
  });

  it('hands an error or a missing permission to the error panel', async () => {
    await refuse(undefined, 'Cannot query field "Integration_Run__c"');
    expect(find('c-error-panel').errors).toHaveLength(1);
    expect(find('c-error-panel').noAccessText).toBe('c.Integrations_No_Access_Text');
    expect(find('.health')).toBeNull();
    await isAccessible();
  });

  it('reads again every few seconds, and no more once it is left', async () => {
    await answer(undefined, home, refresh);
    await tick(15_000);
    expect(refresh).toHaveBeenCalledTimes(3);
    element.remove();
    await tick(15_000);
    expect(refresh).toHaveBeenCalledTimes(3);
  });

  it('asks the agent to sync or to enable an integration', async () => {
    await answer(undefined, home);
    fire('syncnow');
    fire('enable');
    const fields = (createRecord as jest.Mock).mock.calls.map(([input]) => input.fields);
    expect(fields).toEqual([
      { Type__c: 'SYNC_NOW', Integration__c: 'a02000000000002AAA' },
      { Type__c: 'ENABLE_INTEGRATION', Integration__c: 'a02000000000002AAA' },
    ]);
  });

  it('disables an integration with the reason that was given', async () => {
    await answer(undefined, home, refresh);
    openDialog.mockResolvedValue('Migration');
    fire('disable');
    await tick();
    const { fields } = (updateRecord as jest.Mock).mock.calls[0][0];
    expect(fields).toMatchObject({ Id: 'a02000000000002AAA', Enabled__c: false, Disabled_Reason__c: 'Migration' });
    expect(toast.mock.calls[0][0].detail.variant).toBe('success');
    expect(refresh).toHaveBeenCalled();
  });

  it('leaves an integration alone when the dialog is left', async () => {
    await answer(undefined, home);
    openDialog.mockResolvedValue(undefined);
    fire('disable');
    await tick();
    expect(updateRecord).not.toHaveBeenCalled();
  });

  it('says why an integration could not be disabled', async () => {
    await answer(undefined, home);
    openDialog.mockResolvedValue('Migration');
    (updateRecord as jest.Mock).mockRejectedValue({ body: { message: 'insufficient access rights' } });
    fire('disable');
    await tick();
    expect(toast.mock.calls[0][0].detail).toMatchObject({ variant: 'error', message: 'insufficient access rights' });
  });
});
