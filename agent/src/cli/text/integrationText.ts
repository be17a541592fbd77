import type { OperationOutput } from '../../operations/operations.ts';
import type { CredentialTest, Integration } from '../../operations/shapes.ts';
import { list, table } from './table.ts';
import { when } from './time.ts';

/** Every integration, and orgs that could not be asked. */
export function integrationsText({ integrations, unreachable }: OperationOutput<'integrations'>): string {
  const rows = integrations.map(({ name, orgId, credential, triggerType, successiveErrors, ...integration }) => [
    name,
    orgId,
    credential,
    triggerType,
    stateText(integration),
    successiveErrors,
  ]);
  return [
    integrations.length > 0
      ? table(['Integration', 'org', 'credential', 'trigger', 'state', 'errors'], rows)
      : 'No org has an integration yet. Make one in Salesforce, app m3ter Integrations.',
    ...integrations.flatMap(({ enabled, detail }) => (enabled ? (detail ?? []) : [])),
    ...unreachable.map(({ credential, detail }) => `${credential}: ${detail}`),
  ].join('\n');
}

/** One integration with its rules. */
export function integrationText(integration: Integration, now: Date): string {
  const { accountIds, restrictedAccountIds, excludedLineItemTypes } = integration;
  return list([
    ['Integration', `${integration.name} (${integration.id})`],
    ['State', stateText(integration)],
    ['What to do', integration.detail],
    ['Org', integration.orgId],
    ['Credential', integration.credentialKey ?? 'none'],
    ['Connection', integration.connectionStatus],
    ['Pinned to org', integration.pinnedOrgId],
    ['Trigger', integration.triggerType],
    ['Allowed Accounts', accountIds.join(' ') || 'all'],
    ['Restricted Accounts', restrictedAccountIds.join(' ') || 'none'],
    ['Account filter', integration.accountFilter || 'none'],
    ['Only approved', yesNo(integration.onlySendBillOnApproval)],
    ['External Mappings', yesNo(integration.useExternalMappingAccountCode)],
    ['Excluded types', excludedLineItemTypes.join(', ') || 'none'],
    ['Sort lines by', integration.sortLineItemsBy],
    ['Successive errors', integration.successiveErrors],
    ['Disabled because', integration.disabledReason],
    ['Last check', when(integration.lastCheck, now)],
  ]);
}

/** The connection test of a credential. */
export function testText({ credential, status, message }: CredentialTest): string {
  return `Credential ${credential}: ${status}. ${message}`;
}

function stateText({ enabled, isReady }: Pick<Integration, 'enabled' | 'isReady'>): string {
  return !enabled ? 'disabled' : isReady ? 'ready' : 'not ready';
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
