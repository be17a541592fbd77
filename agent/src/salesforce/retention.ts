import { chunks } from '../chunks.ts';
import type { Names } from '../rules/names.ts';
import type { Refusal, Subrequest } from './composite.ts';
import type { SalesforceCalls } from './connection.ts';
import { RecordWrites } from './control/writes.ts';
import { isGone } from './errors.ts';
import { queryAll, textOf } from './soql.ts';

export interface RetentionOptions {
  /** What was made before is deleted. */
  readonly before: Date;
  /** Records to delete at most, 1 to 10,000. */
  readonly limit: number;
}

export interface RetentionResult {
  readonly deleted: { readonly runs: number; readonly events: number; readonly requests: number };
  /** Nothing old is left, or nothing that may be deleted; else go on with another call. */
  readonly isDone: boolean;
  /** Why the org kept records. */
  readonly refusals: readonly Refusal[];
}

interface Kind {
  readonly of: keyof RetentionResult['deleted'];
  readonly object: string;
  readonly condition: string;
}

const IDS_PER_DELETE = 200;

/**
 * Deletes Events that are old or were acted on long ago, Runs of Bills, then Runs of batches, and requests that are
 * finished. Requests belong to people: the org keeps those whose owners are not below the agent's user in the role
 * hierarchy, because being open to all does not open deleting. Where it ends, the next call goes on. Salesforce keeps what was deleted in the Recycle Bin for 15 days.
 *
 * @throws {SalesforceError} and the other errors of `SalesforceConnection.request`
 */
export async function deleteOld(
  connection: SalesforceCalls,
  names: Names,
  { before, limit }: RetentionOptions,
): Promise<RetentionResult> {
  const writes = new RecordWrites(connection);
  const deleted = { runs: 0, events: 0, requests: 0 };
  const refusals: Refusal[] = [];
  let left = limit;
  for (const kind of kinds(names, before.toISOString())) {
    if (left <= 0) break;
    const soql = `SELECT Id FROM ${kind.object} WHERE ${kind.condition} ORDER BY CreatedDate LIMIT ${left}`;
    const ids = (await queryAll(connection, soql)).map((row) => textOf(row, 'Id') ?? '');
    const refused = (await writes.send(deletes(ids))).filter(({ code }) => !isGone(code));
    deleted[kind.of] += ids.length - refused.length;
    refusals.push(...refused);
    left -= ids.length;
  }
  const count = deleted.runs + deleted.events + deleted.requests;
  return { deleted, refusals, isDone: left > 0 || count === 0 };
}

/** A parent Run would leave its child Runs without one, so children come first. */
function kinds({ run, event, request }: Names, before: string): Kind[] {
  const { Event_Time__c, Actioned__c, Actioned_At__c } = event;
  const isOld = `CreatedDate < ${before}`;
  return [
    {
      of: 'events',
      object: event.object,
      condition: `${Event_Time__c} < ${before} OR (${Actioned__c} = true AND ${Actioned_At__c} < ${before})`,
    },
    { of: 'runs', object: run.object, condition: `${run.Parent_Run__c} != null AND ${isOld}` },
    { of: 'runs', object: run.object, condition: `${run.Parent_Run__c} = null AND ${isOld}` },
    { of: 'requests', object: request.object, condition: `${request.Status__c} IN ('DONE','FAILED') AND ${isOld}` },
  ];
}

function deletes(ids: readonly string[]): Subrequest[] {
  return chunks(ids, IDS_PER_DELETE).map((some, index) => ({
    method: 'DELETE',
    referenceId: `old${index}`,
    path: `/composite/sobjects?ids=${some.join(',')}&allOrNone=false`,
  }));
}
