import type { PageReference } from 'lightning/navigation';
import { choiceLabel, nodes } from 'c/connection';
import type { Choice, Connection, Field } from 'c/connection';
import { format } from 'c/format';
import { integrationPage, runPage } from 'c/pageReferences';
import { LABELS } from './labels';

interface EventNode {
  Id: string;
  eventName: Choice;
  eventTime: Field<string>;
  message: Field<string>;
  actioned: Field<boolean>;
  runId: Field<string>;
  integrationId: Field<string>;
  integration: { Name: Field<string> } | null;
  m3terAccountId: Field<string>;
  m3terAccountCode: Field<string>;
}

/** The answer to `EVENTS_QUERY`. */
export interface EventsData {
  uiapi: { query: { events: Connection<EventNode> } };
}

/** The one right thing to do about an Event: follow a link, or ask the agent. */
export type EventAction =
  | { kind: 'link'; label: string; page: PageReference }
  | { kind: 'createMapping' | 'enable'; label: string; page: undefined };

/** One Event of the list. */
export interface EventRow {
  id: string;
  label: string;
  time: string | null;
  message: string;
  integration: string;
  integrationId: string | undefined;
  m3terAccountId: string | undefined;
  /** What m3ter calls the account: its code, else its id. */
  m3terAccount: string;
  isOpen: boolean;
  state: string;
  selectLabel: string;
  action: EventAction | undefined;
}

/** Turns the answer to `EVENTS_QUERY` into rows. */
export const toEventRows = (data: EventsData): EventRow[] => nodes(data.uiapi.query.events).map(toRow);

function toRow(node: EventNode): EventRow {
  const message = node.message.value ?? '';
  const label = choiceLabel(node.eventName);
  const isOpen = node.actioned.value !== true;
  return {
    id: node.Id,
    label,
    time: node.eventTime.value,
    message,
    integration: node.integration?.Name.value ?? '',
    integrationId: node.integrationId.value ?? undefined,
    m3terAccountId: node.m3terAccountId.value ?? undefined,
    m3terAccount: node.m3terAccountCode.value ?? node.m3terAccountId.value ?? '',
    isOpen,
    state: isOpen ? LABELS.open : LABELS.actioned,
    selectLabel: format(LABELS.select, label, message),
    action: actionOf(node),
  };
}

/** What m3ter's Console offers for each kind; nothing where what it leads to is gone. */
function actionOf({ eventName, runId, integrationId, m3terAccountId }: EventNode): EventAction | undefined {
  const run = runId.value;
  const integration = integrationId.value;
  switch (eventName.value) {
    case 'integration.missingaccountmapping.error':
      return m3terAccountId.value ? { kind: 'createMapping', label: LABELS.createMapping, page: undefined } : undefined;
    case 'integration.disabled.error':
      return integration ? { kind: 'enable', label: LABELS.testAndEnable, page: undefined } : undefined;
    case 'integration.authentication.error':
      return integration
        ? { kind: 'link', label: LABELS.openIntegration, page: integrationPage(integration) }
        : undefined;
    default:
      return run ? { kind: 'link', label: LABELS.openRun, page: runPage(run) } : undefined;
  }
}
