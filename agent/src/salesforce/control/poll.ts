import type { AccountKeys } from '../../rules/accountMatch.ts';
import { heartbeatRecord, type Heartbeat } from '../../rules/controlRecords.ts';
import type { Names } from '../../rules/names.ts';
import { firstRefusal, queryPart, refusalError, sendComposite, upsertOne, type Subrequest } from '../composite.ts';
import type { SalesforceCalls } from '../connection.ts';
import { instantOf, readAnswer, restOf, textOf, type QueryRow } from '../soql.ts';
import { integrationsQuery, toIntegration, type ConfiguredIntegration } from './integrations.ts';
import { requestsQuery, toRequest, type SyncRequest } from './requests.ts';

export interface PollWish {
  /** Also the Accounts that changed since then, the instant included; null: not wanted. */
  readonly wantsAccountsSince: Date | null;
  /** Written with the same call. */
  readonly heartbeat?: Heartbeat;
}

/** A Salesforce Account with the instant of its last change, to the second. */
export interface ChangedAccount extends AccountKeys {
  readonly changedAt: Date | null;
}

/** What the org wants of the agent. */
export interface Poll {
  /** Every integration for Bills, enabled or not, in order of name. */
  readonly integrations: readonly ConfiguredIntegration[];
  /** NEW ones, the oldest first; up to 100 with those that run. */
  readonly requests: readonly SyncRequest[];
  /** RUNNING ones: of this agent, of another one, or of one that came to its end before it could answer. */
  readonly running: readonly SyncRequest[];
  /** Undefined when they were not wanted. */
  readonly accountsChanged: readonly ChangedAccount[] | undefined;
  /** Pass it as `wantsAccountsSince` next time; null when Accounts were not wanted. */
  readonly accountsSince: Date | null;
  /** More Accounts changed than are listed: look all of them up that matter. */
  readonly hasMoreAccounts: boolean;
  /** Why the heartbeat was refused; undefined when it was written or not wanted. */
  readonly heartbeatRefused: string | undefined;
}

/** A data load may change a million Accounts at once; beyond this many it is cheaper to look up those that wait. */
const MOST_ACCOUNT_PAGES = 5;

/**
 * One composite call for everything that the agent looks at regularly; further pages of long lists are calls of their
 * own.
 *
 * @throws {SalesforceError} and the other errors of `SalesforceConnection.request`, also when a query is refused
 */
export async function poll(connection: SalesforceCalls, names: Names, wish: PollWish): Promise<Poll> {
  const { wantsAccountsSince: since, heartbeat } = wish;
  const queries = [
    queryPart('integrations', integrationsQuery(names)),
    queryPart('requests', requestsQuery(names)),
    ...(since === null ? [] : [queryPart('accounts', accountsQuery(names, since))]),
  ];
  const all: Subrequest[] = heartbeat ? [...queries, heartbeatPart(heartbeat, names)] : queries;
  const answers = await connection.retrying(async () => {
    const parts = await sendComposite(connection, all, false);
    for (const part of parts.slice(0, queries.length)) {
      const refusal = firstRefusal(part);
      if (refusal) throw refusalError('a query of its configurations and requests', refusal);
    }
    return parts;
  });
  const rows = async (index: number, mostPages?: number) =>
    restOf(connection, readAnswer(answers[index]?.body), mostPages);
  const integrations = (await rows(0)).rows.map((row) => toIntegration(row, names));
  const requests = (await rows(1)).rows.map((row) => toRequest(row, names));
  const changed = since === null ? undefined : await rows(2, MOST_ACCOUNT_PAGES);
  const refused = heartbeat ? firstRefusal(answers.at(-1)) : undefined;
  return {
    integrations,
    requests: requests.filter(({ status }) => status === 'NEW'),
    running: requests.filter(({ status }) => status === 'RUNNING'),
    accountsChanged: changed?.rows.map((row) => toAccount(row, names)),
    accountsSince: since && newest(changed?.rows ?? [], since),
    hasMoreAccounts: changed?.isCut ?? false,
    heartbeatRefused: refused && `${refused.code}: ${refused.message}`,
  };
}

function accountsQuery({ account }: Names, since: Date): string {
  const fields = `Id, SystemModstamp, ${account.M3ter_Account_Id__c}, ${account.AccountNumber}`;
  return (
    `SELECT ${fields} FROM ${account.object} WHERE SystemModstamp >= ${since.toISOString()} ` +
    'ORDER BY SystemModstamp DESC, Id'
  );
}

function toAccount(row: QueryRow, { account }: Names): ChangedAccount {
  return {
    changedAt: instantOf(row, 'SystemModstamp'),
    id: textOf(row, 'Id') ?? '',
    m3terAccountId: textOf(row, account.M3ter_Account_Id__c),
    accountNumber: textOf(row, account.AccountNumber),
  };
}

/** The rows come newest first. */
function newest([first]: readonly QueryRow[], since: Date): Date {
  return (first && instantOf(first, 'SystemModstamp')) ?? since;
}

function heartbeatPart(heartbeat: Heartbeat, names: Names): Subrequest {
  const { object, Agent_Key__c } = names.agent;
  return upsertOne('heartbeat', object, Agent_Key__c, heartbeatRecord(heartbeat, names));
}
