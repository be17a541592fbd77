import { isRecordId, queryAll, quote, textOf } from '../salesforce/soql.ts';
import type { OrgAccess } from './engine.ts';
import { OperationError } from './errors.ts';

/** Further Bills of the same reference do not help to tell which is meant. */
const MOST = 10;

/** The m3ter ids of the Bills of an org that a text names: a m3ter id, a reference such as INV-1001, or a record id. */
export async function billIdsIn({ connection, names: { bill } }: OrgAccess, text: string): Promise<string[]> {
  const fits = [
    `${bill.M3ter_Bill_Id__c} = ${quote(text)}`,
    `Name = ${quote(text)}`,
    ...(isRecordId(text) ? [`Id = ${quote(text)}`] : []),
  ].join(' OR ');
  const soql = `SELECT ${bill.M3ter_Bill_Id__c} FROM ${bill.object} WHERE ${fits} ORDER BY Id LIMIT ${MOST}`;
  const rows = await queryAll(connection, soql);
  return [...new Set(rows.flatMap((row) => textOf(row, bill.M3ter_Bill_Id__c) ?? []))];
}

/**
 * The m3ter id of the one Bill that is meant.
 *
 * @param isInM3ter whether m3ter has a Bill of this id; asked when no org knows the Bill
 * @throws {OperationError} when there is none or more than one
 */
export async function findBillId(
  orgs: readonly OrgAccess[],
  text: string,
  isInM3ter: (id: string) => Promise<boolean>,
): Promise<string> {
  const ids = [...new Set((await Promise.all(orgs.map((org) => billIdsIn(org, text)))).flat())];
  const [first] = ids;
  if (first !== undefined && ids.length === 1) return first;
  if (ids.length > 1) {
    const all = ids.join(', ');
    throw new OperationError(
      'AMBIGUOUS',
      `${ids.length} Bills are called ${text}: ${all}.`,
      'Name one by its id',
      'usage',
    );
  }
  if (await isInM3ter(text)) return text;
  throw new OperationError(
    'NOT_FOUND',
    `Neither Salesforce nor m3ter has a Bill ${text}. A Bill that was never sent is known by its m3ter id only.`,
    'm3ter-bills runs',
    'usage',
  );
}
