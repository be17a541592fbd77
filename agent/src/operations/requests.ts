import type { RequestResult } from '../rules/controlRecords.ts';
import { jsonText } from '../rules/text.ts';
import type { Runtime } from '../runtime.ts';
import type { ControlPlane } from '../salesforce/controlPlane.ts';
import type { SyncRequest } from '../salesforce/control/requests.ts';
import { readDraftSettings } from './draftSettings.ts';
import { errorDocument, OperationError } from './errors.ts';
import type { Operations } from './operations.ts';
import {
  billText,
  dryRunText,
  filterText,
  statementText,
  suggestionsText,
  syncText,
  type Answer,
} from './requestText.ts';

/** What a request is carried out with. */
export interface RequestParts {
  readonly operations: Operations;
  readonly runtime: Runtime;
}

/** The org that the request stands in. */
export interface RequestOrg {
  readonly orgId: string;
  readonly control: Pick<ControlPlane, 'writeRequest'>;
}

/** More Bills or Accounts do not fit the field that holds the result. */
const MOST_ROWS = 200;
/** Characters of JSON for the Bills of a dry run, which leaves room in that field for the counts. */
const MOST_BILL_TEXT = 100_000;

/**
 * Carries out what a person in Salesforce asks, by the same operations as everybody, and writes how it ended. Throws
 * only when the org refuses the result: the request stays RUNNING then and is taken up again.
 */
export async function carryOut(
  request: SyncRequest,
  org: RequestOrg,
  { operations, runtime }: RequestParts,
): Promise<void> {
  let result: Omit<RequestResult, 'completedAt'>;
  try {
    const { text, data, isGood } = await answer(request, org.orgId, operations);
    result = { status: isGood ? 'DONE' : 'FAILED', text, data, ...(isGood ? {} : { errorCode: 'BILLS_FAILED' }) };
  } catch (error) {
    const { code, message } = errorDocument(error).error;
    const fields = { code, request: request.name, type: request.type };
    if (code === 'UNKNOWN') runtime.logger.error({ ...fields, err: error }, 'An error that was not foreseen.');
    else runtime.logger.warn(fields, 'A request of a person failed.');
    result = { status: 'FAILED', text: message, errorCode: code };
  }
  await org.control.writeRequest(request.id, { ...result, completedAt: runtime.now() });
}

async function answer(request: SyncRequest, org: string, operations: Operations): Promise<Answer> {
  const run = HANDLERS[request.type];
  if (run) return run(request, org, operations);
  throw new OperationError(
    'UNKNOWN_REQUEST',
    `This agent does not know requests of type ${request.type}. Update the agent.`,
    'Update the agent',
  );
}

type Handler = (request: SyncRequest, org: string, operations: Operations) => Promise<Answer>;

const HANDLERS: Readonly<Record<string, Handler>> = {
  SYNC_NOW: async (request, org, operations) => syncText(await operations.sync({ ...integrationOf(request), org })),
  RESEND_BILL: async (request, org, operations) =>
    billText(await operations.resend({ bill: billOf(request), ...integrationOf(request), org })),
  REPLAY_RUN: async ({ runKey, runId }, org, operations) =>
    billText(await operations.replay({ run: needed(runKey ?? runId, 'a Run'), org })),
  OPEN_STATEMENT: async (request, org, operations) =>
    statementText(await operations.statement({ bill: billOf(request), org })),
  CREATE_EXTERNAL_MAPPING: async (request, org, operations) => {
    const { m3terAccountId, externalId } = await operations.createExternalMapping({
      m3terAccountId: needed(request.m3terAccountId, 'a m3ter Account id'),
      externalId: needed(request.accountRecordId ?? request.externalId, 'an Account'),
      ...integrationOf(request),
      org,
    });
    const text = `m3ter Account ${m3terAccountId} is mapped to ${externalId}. Bills that waited for it are sent now.`;
    return { text, data: { m3terAccountId, externalId }, isGood: true };
  },
  TEST_CREDENTIAL: async ({ credentialKey }, _org, operations) => {
    const test = await operations.testCredential({ credential: needed(credentialKey, 'a credential') });
    if (test.status === 'working') return { text: test.message, data: test, isGood: true };
    throw new OperationError('CONNECTION_TEST_FAILED', test.message, '');
  },
  PREVIEW_FILTER: async (request, org, operations) => {
    const { accountFilter: filter, m3terAccountId: account } = request;
    const asked = {
      ...(filter === null && request.integrationId !== null ? {} : { filter: filter ?? '' }),
      ...(account === null ? {} : { account }),
    };
    return filterText(await operations.testFilter({ ...asked, ...integrationOf(request), org, limit: MOST_ROWS }));
  },
  SUGGEST_ACCOUNTS: async (_request, org, operations) =>
    suggestionsText(await operations.suggestAccounts({ org, limit: MOST_ROWS })),
  DRY_RUN: async (request, org, operations) => {
    const { draftSettings: draft } = request;
    const settings = draft === null ? {} : { settings: readDraftSettings(draft) };
    const result = await operations.dryRun({ ...integrationOf(request), ...settings, org, limit: MOST_ROWS });
    const bills = JSON.parse(jsonText(result.bills, MOST_BILL_TEXT) ?? '[]') as typeof result.bills;
    return dryRunText({ ...result, bills });
  },
  ENABLE_INTEGRATION: async ({ integrationId }, org, operations) => {
    const integration = needed(integrationId, 'an integration');
    const { test, integration: enabled } = await operations.enable({ integration, org });
    return { text: `${enabled.name} is enabled. ${test.message}`, data: { test }, isGood: true };
  },
};

function integrationOf({ integrationId }: SyncRequest): { integration?: string } {
  return integrationId === null ? {} : { integration: integrationId };
}

function billOf({ m3terBillId, billRecordId, externalId }: SyncRequest): string {
  return needed(m3terBillId ?? billRecordId ?? externalId, 'a Bill');
}

function needed(value: string | null, what: string): string {
  if (value !== null) return value;
  throw new OperationError(
    'INCOMPLETE_REQUEST',
    `The request names no ${what.replace(/^an? /, '')}. Make a new one with ${what}.`,
    '',
  );
}
