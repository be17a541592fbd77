import { agentReport } from 'c/agentReport';
import type { AgentNode, AgentReport } from 'c/agentReport';
import { choiceLabel, nodes } from 'c/connection';
import type { Choice, Connection, Field } from 'c/connection';
import type { CredentialChoice } from 'c/credentialDialog';
import type { Cause } from 'c/errorCauses';
import { format } from 'c/format';
import { toIds } from 'c/integrationDraft';
import type { IntegrationDraft } from 'c/integrationDraft';
import { formatCount } from 'c/money';
import { runPage } from 'c/pageReferences';
import { toRunRow } from 'c/runRows';
import type { RunNode, RunRow } from 'c/runRows';
import { LABELS } from './labels';

interface IntegrationNode {
  Id: string;
  Name: Field<string>;
  enabled: Field<boolean>;
  triggerType: Choice;
  connectionStatus: Choice;
  successiveErrors: Field<number>;
  accountFilter: Field<string>;
  accountIds: Field<string>;
  restrictedAccountIds: Field<string>;
  notifyUserIds: Field<string>;
  onlyOnApproval: Field<boolean>;
  useMapping: Field<boolean>;
  excludedTypes: Field<string>;
  sortBy: Field<string>;
  disabledReason: Field<string>;
  pinnedOrgId: Field<string>;
  credentialId: Field<string>;
  credential: { Name: Field<string> } | null;
}
interface ErrorNode {
  Id: string;
  Name: Field<string>;
  errorCode: Field<string>;
  error: Field<string>;
}

/** The answer to `INTEGRATION_QUERY`. */
export interface IntegrationData {
  uiapi: {
    query: {
      integrations: Connection<IntegrationNode>;
      credentials: Connection<{ Id: string; Name: Field<string>; status: Choice }>;
      runs: Connection<RunNode>;
      errors: Connection<ErrorNode> & { totalCount: number };
      agents: Connection<AgentNode>;
    };
  };
}

/** Something that keeps the integration from working. */
export interface Warning {
  text: string;
  icon: string;
  variant: string;
}
/** What the page of an integration shows. */
export interface IntegrationFacts {
  name: string;
  enabled: boolean;
  /** `Connected · Event`, or that it is disabled. */
  status: string;
  statusIcon: string;
  statusVariant: string;
  /** `Org 00D...`, or that there is none yet. */
  org: string;
  successiveErrors: string;
  accountFilter: string;
  /** The settings that a person may edit. */
  draft: IntegrationDraft;
  credentialId: string | undefined;
  credentialName: string;
  warning: Warning | undefined;
  credentials: CredentialChoice[];
  runs: RunRow[];
  causes: Cause[];
  causesCut: string;
  agent: AgentReport | undefined;
}

/** Turns the answer into what the page shows; undefined when there is no such integration. */
export function integrationFacts(data: IntegrationData): IntegrationFacts | undefined {
  const { integrations, credentials, runs, errors, agents } = data.uiapi.query;
  const [node] = nodes(integrations);
  if (!node) return undefined;
  const shownErrors = nodes(errors);
  const isCut = errors.totalCount > shownErrors.length;
  return {
    ...ownFacts(node),
    credentials: nodes(credentials).map(({ Id, Name, status }) => ({
      id: Id,
      name: Name.value ?? '',
      status: choiceLabel(status),
    })),
    runs: nodes(runs).map(toRunRow),
    causes: causesOf(shownErrors),
    causesCut: isCut ? format(LABELS.causesCut, formatCount(shownErrors.length), formatCount(errors.totalCount)) : '',
    agent: nodes(agents).map(agentReport)[0],
  };
}

function ownFacts(node: IntegrationNode) {
  const enabled = node.enabled.value === true;
  const warning = warningOf(node, enabled);
  const connection = enabled ? choiceLabel(node.connectionStatus) : LABELS.disabled;
  return {
    name: node.Name.value ?? '',
    enabled,
    statusIcon: warning?.icon ?? 'utility:success',
    statusVariant: warning?.variant ?? 'success',
    status: [connection, choiceLabel(node.triggerType)].join(' · '),
    org: format(LABELS.org, node.pinnedOrgId.value ?? LABELS.notPinned),
    successiveErrors: format(LABELS.ofTen, String(node.successiveErrors.value ?? 0)),
    accountFilter: node.accountFilter.value ?? '',
    draft: draftOf(node),
    credentialId: node.credentialId.value ?? undefined,
    credentialName: node.credential?.Name.value ?? '',
    warning,
  };
}

function draftOf(node: IntegrationNode): IntegrationDraft {
  return {
    name: node.Name.value ?? '',
    accountIds: toIds(node.accountIds.value),
    restrictedAccountIds: toIds(node.restrictedAccountIds.value),
    notifyUserIds: toIds(node.notifyUserIds.value),
    onlyOnApproval: node.onlyOnApproval.value === true,
    useMapping: node.useMapping.value === true,
    excludedTypes: toIds(node.excludedTypes.value),
    sortBy: node.sortBy.value ?? '',
    accountFilter: node.accountFilter.value ?? '',
    triggerType: node.triggerType.value ?? '',
  };
}

/** The weightiest thing that keeps the integration from working. */
function warningOf(node: IntegrationNode, enabled: boolean): Warning | undefined {
  const credential = node.credential?.Name.value ?? '';
  if (!enabled) {
    const text = format(LABELS.warningDisabled, node.disabledReason.value ?? '');
    return { text, icon: 'utility:ban', variant: 'error' };
  }
  if (!node.credentialId.value)
    return { text: LABELS.warningNoCredential, icon: 'utility:warning', variant: 'warning' };
  switch (node.connectionStatus.value) {
    case 'CONNECTED':
      return undefined;
    case 'REJECTED':
      return { text: format(LABELS.warningRejected, credential), icon: 'utility:error', variant: 'error' };
    default:
      return { text: format(LABELS.warningConnecting, credential), icon: 'utility:warning', variant: 'warning' };
  }
}

/** Errors grouped by their code, the most frequent first; `errors` are newest first. */
function causesOf(errors: ErrorNode[]): Cause[] {
  const byCode = new Map<string, ErrorNode[]>();
  for (const error of errors) {
    const code = error.errorCode.value ?? '';
    byCode.set(code, [...(byCode.get(code) ?? []), error]);
  }
  return [...byCode]
    .sort(([, a], [, b]) => b.length - a.length)
    .flatMap(([code, [newest, ...older]]) => {
      if (!newest) return [];
      const message = newest.error.value ?? '';
      const count = formatCount(older.length + 1);
      return [{ code, count, message, lastRun: newest.Name.value ?? '', lastRunPage: runPage(newest.Id) }];
    });
}
