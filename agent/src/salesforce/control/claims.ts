import type { Names } from '../../rules/names.ts';
import { refusalError, refusalsIn, sendComposite } from '../composite.ts';
import type { SalesforceCalls } from '../connection.ts';
import { isGone } from '../errors.ts';
import { queryAll, quoteList, textOf } from '../soql.ts';
import { claimIn, claimText } from './requests.ts';
import { update } from './writes.ts';

/** Of the validation rule Request_Is_Taken: only a NEW request can become RUNNING. */
const TAKEN = 'REQUEST_TAKEN';

/**
 * See `ControlPlane.claimRequests`. The org's validation rule decides between two agents that look at the same time. An
 * answer that got lost is no harm: a request that is refused as taken but bears this claim was taken by the first try.
 */
export async function claimRequests(
  connection: SalesforceCalls,
  names: Names,
  ids: readonly string[],
  claim: string,
  now: Date,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { request } = names;
  const record = {
    [request.Status__c]: 'RUNNING',
    [request.Started__c]: now.toISOString(),
    [request.Result_Data__c]: claimText(claim),
  };
  const changes = update('claims', request.object, new Map(ids.map((id) => [id, record])));
  const refusals = (await sendComposite(connection, changes, false)).flatMap(refusalsIn);
  const taken = new Set(ids);
  const doubtful: string[] = [];
  for (const refusal of refusals) {
    const id = ids[refusal.record ?? -1];
    if (id === undefined) throw refusalError('to let the agent take requests', refusal);
    taken.delete(id);
    if (refusal.code === TAKEN) doubtful.push(id);
    else if (!isGone(refusal.code)) throw refusalError('to let the agent take a request', refusal);
  }
  for (const id of await claimed(connection, names, doubtful, claim)) taken.add(id);
  return taken;
}

/** Which of these requests bear the claim. */
async function claimed(
  connection: SalesforceCalls,
  { request }: Names,
  ids: readonly string[],
  claim: string,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { object, Status__c, Result_Data__c } = request;
  const soql = `SELECT Id, ${Result_Data__c} FROM ${object} WHERE ${Status__c} = 'RUNNING' AND Id IN (${quoteList(ids)})`;
  const rows = await queryAll(connection, soql);
  return rows.filter((row) => claimIn(textOf(row, Result_Data__c)) === claim).map((row) => textOf(row, 'Id') ?? '');
}
