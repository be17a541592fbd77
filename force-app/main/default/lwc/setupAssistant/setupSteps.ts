import type { PageReference } from 'lightning/navigation';
import { nodes } from 'c/connection';
import { format } from 'c/format';
import { SILENCE_MINUTES } from 'c/integrationHealth';
import { formatCount } from 'c/money';
import { integrationPage } from 'c/pageReferences';
import type { RequestType } from 'c/requests';
import { LABELS } from './labels';
import type { SetupData } from './setupQuery';

/** One thing to set up. A step has one action at most, and none where only a person outside this page can act. */
export interface SetupStep {
  name: string;
  title: string;
  text: string;
  isDone: boolean;
  icon: string;
  variant: string;
  state: string;
  actionLabel: string;
  /** What the agent is asked by the action. */
  request: RequestType | undefined;
  /** Where the action leads. */
  page: PageReference | undefined;
  isCreate: boolean;
}

/** What the steps are about: the newest integration, and the credential that was tested last. */
export interface SetupState {
  steps: SetupStep[];
  integrationId: string | undefined;
  credentialId: string | undefined;
}

interface Action {
  actionLabel?: string;
  request?: RequestType;
  page?: PageReference;
  isCreate?: boolean;
}

/** The steps from an empty org to the first Bill, each with what the org shows of it. */
export function setupState(data: SetupData, now: Date): SetupState {
  const { agents, credentials, accounts, integrations, previews, bills } = data.uiapi.query;
  const [integration] = nodes(integrations);
  const [credential] = nodes(credentials);
  const isConnected = integration?.enabled.value === true && integration.connectionStatus.value === 'CONNECTED';
  const lastSeen = nodes(agents)[0]?.lastSeen.value ?? null;
  const isSeen = lastSeen !== null && now.getTime() - Date.parse(lastSeen) < SILENCE_MINUTES * 60_000;
  const ask = (actionLabel: string, request: RequestType): Action => ({ actionLabel, request });
  const page = integration && integrationPage(integration.Id);
  const accountsText = format(LABELS.accountsText, formatCount(accounts.totalCount));
  const steps = [
    step('agent', isSeen, LABELS.agent, LABELS.agentText),
    step(
      'credential',
      credential?.status.value === 'WORKING',
      LABELS.credential,
      LABELS.credentialText,
      credential ? ask(LABELS.credentialAction, 'TEST_CREDENTIAL') : {},
    ),
    step('accounts', accounts.totalCount > 0, LABELS.accounts, accountsText),
    step('integration', integration !== undefined, LABELS.integration, LABELS.integrationText, {
      actionLabel: LABELS.create,
      isCreate: true,
    }),
    step('connected', isConnected, LABELS.connected, LABELS.connectedText, {
      ...(page ? { actionLabel: LABELS.connectedAction, page } : {}),
    }),
    step(
      'preview',
      previews.totalCount > 0,
      LABELS.preview,
      LABELS.previewText,
      isConnected ? ask(LABELS.previewAction, 'DRY_RUN') : {},
    ),
    step(
      'firstBill',
      bills.totalCount > 0,
      LABELS.firstBill,
      LABELS.firstBillText,
      isConnected ? ask(LABELS.firstBillAction, 'SYNC_NOW') : {},
    ),
  ];
  return { steps, integrationId: integration?.Id, credentialId: credential?.Id };
}

function step(name: string, isDone: boolean, title: string, text: string, action: Action = {}): SetupStep {
  const { actionLabel = '', request, page, isCreate = false } = isDone ? {} : action;
  return {
    name,
    title,
    text: isDone && name !== 'accounts' ? '' : text,
    isDone,
    icon: isDone ? 'utility:success' : 'utility:steps',
    variant: isDone ? 'success' : '',
    state: isDone ? LABELS.done : LABELS.open,
    actionLabel,
    request,
    page,
    isCreate,
  };
}
