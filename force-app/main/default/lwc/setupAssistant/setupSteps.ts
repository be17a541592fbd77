import type { PageReference } from 'lightning/navigation';
import { nodes } from 'c/connection';
import { format } from 'c/format';
import { SILENCE_MINUTES } from 'c/integrationHealth';
import { formatCount } from 'c/money';
import { accountPage, accountsPage, integrationPage, permissionSetsPage } from 'c/pageReferences';
import type { RequestType } from 'c/requests';
import { LABELS } from './labels';
import type { SetupData } from './setupQuery';

/** What the action of a step does: asks the agent, leads somewhere, opens the wizard, or looks again. */
type Action =
  | { kind: 'ask'; label: string; request: RequestType }
  | { kind: 'open'; label: string; page: PageReference }
  | { kind: 'create' | 'check'; label: string };

/** One thing to set up, with one action until it is done. */
export interface SetupStep {
  name: string;
  className: string;
  title: string;
  text: string;
  isDone: boolean;
  icon: string;
  variant: string;
  state: string;
  action: Action | undefined;
}

/** What the steps are about: the newest integration, and the credential that was tested last. */
export interface SetupState {
  steps: SetupStep[];
  integrationId: string | undefined;
  credentialId: string | undefined;
}

const CHECK: Action = { kind: 'check', label: LABELS.checkAgain };

/** The steps from an empty org to the first Bill, each with what the org shows of it. */
export function setupState(data: SetupData, isCardPlaced: boolean, now: Date): SetupState {
  const [integration] = nodes(data.uiapi.query.integrations);
  const [credential] = nodes(data.uiapi.query.credentials);
  const steps = [...beforeSteps(data, now), ...integrationSteps(data), cardStep(data, isCardPlaced)];
  return { steps, integrationId: integration?.Id, credentialId: credential?.Id };
}

/** What an integration needs before it can work. */
function beforeSteps({ uiapi }: SetupData, now: Date): SetupStep[] {
  const { agents, credentials, accounts } = uiapi.query;
  const mayAdminister = uiapi.objectInfos.every((info) => info?.createable === true);
  const lastSeen = nodes(agents)[0]?.lastSeen.value ?? null;
  const isSeen = lastSeen !== null && now.getTime() - Date.parse(lastSeen) < SILENCE_MINUTES * 60_000;
  const [credential] = nodes(credentials);
  const isTested = credential?.status.value === 'WORKING';
  const accountsText = format(LABELS.accountsText, formatCount(accounts.totalCount));
  return [
    step('permissions', mayAdminister && isSeen, LABELS.permissions, LABELS.permissionsText, {
      kind: 'open',
      label: LABELS.permissionsAction,
      page: permissionSetsPage(),
    }),
    step('agent', isSeen, LABELS.agent, LABELS.agentText, CHECK),
    step(
      'credential',
      isTested,
      LABELS.credential,
      LABELS.credentialText,
      credential ? { kind: 'ask', label: LABELS.credentialAction, request: 'TEST_CREDENTIAL' } : CHECK,
    ),
    step('accounts', accounts.totalCount > 0, LABELS.accounts, accountsText, {
      kind: 'open',
      label: LABELS.accountsAction,
      page: accountsPage(),
    }),
  ];
}

/** From no integration to the first Bill. */
function integrationSteps({ uiapi }: SetupData): SetupStep[] {
  const { integrations, previews, bills } = uiapi.query;
  const [integration] = nodes(integrations);
  const isOn = integration?.enabled.value === true && integration.connectionStatus.value === 'CONNECTED';
  const page = integration && integrationPage(integration.Id);
  const turnOn: Action | undefined = page && { kind: 'open', label: LABELS.connectedAction, page };
  const ask = (label: string, request: RequestType): Action => ({ kind: 'ask', label, request });
  const canEnable = integration?.credentialId.value && integration.enabled.value === false;
  return [
    step('integration', integration !== undefined, LABELS.integration, LABELS.integrationText, {
      kind: 'create',
      label: LABELS.create,
    }),
    step(
      'preview',
      previews.totalCount > 0,
      LABELS.preview,
      LABELS.previewText,
      integration && ask(LABELS.previewAction, 'DRY_RUN'),
    ),
    step(
      'connected',
      isOn,
      LABELS.connected,
      LABELS.connectedText,
      canEnable ? ask(LABELS.enable, 'ENABLE_INTEGRATION') : turnOn,
    ),
    step(
      'firstBill',
      bills.totalCount > 0,
      LABELS.firstBill,
      LABELS.firstBillText,
      isOn ? ask(LABELS.firstBillAction, 'SYNC_NOW') : undefined,
    ),
  ];
}

function cardStep({ uiapi }: SetupData, isCardPlaced: boolean): SetupStep {
  const [account] = nodes(uiapi.query.accounts);
  const page = account ? accountPage(account.Id) : accountsPage();
  return step('card', isCardPlaced, LABELS.card, LABELS.cardText, { kind: 'open', label: LABELS.cardAction, page });
}

function step(name: string, isDone: boolean, title: string, text: string, action?: Action): SetupStep {
  return {
    name,
    className: `step ${name}`,
    title,
    text: isDone && name !== 'accounts' ? '' : text,
    isDone,
    icon: isDone ? 'utility:success' : 'utility:steps',
    variant: isDone ? 'success' : '',
    state: isDone ? LABELS.done : LABELS.open,
    action: isDone ? undefined : action,
  };
}
