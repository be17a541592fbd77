import type { Bill } from '../m3ter/resources.ts';
import type { StatementFormat } from '../m3ter/client.ts';
import { billName } from '../rules/records.ts';
import { findBillId } from './billIds.ts';
import type { Engine } from './engine.ts';
import { OperationError } from './errors.ts';
import { notFound, reachableOrgs } from './find.ts';
import type { OperationInput, OperationOutput } from './operations.ts';

/**
 * A fresh address of the statement that m3ter has made of a Bill, of the format that is asked for, else CSV before
 * JSON. Whoever has the address can read the statement: it is given to who asked and never logged.
 *
 * @throws {OperationError} NO_STATEMENT when m3ter has made none
 */
export async function statement(
  engine: Engine,
  { bill: wanted, format, ...choice }: OperationInput<'statement'>,
): Promise<OperationOutput<'statement'>> {
  const { m3ter } = engine;
  const orgs = await reachableOrgs(engine, choice);
  const id = await findBillId(orgs, wanted, async (text) => (await m3ter.getBill(text)) !== undefined);
  const bill = await m3ter.getBill(id);
  if (!bill) throw notFound('Bill in m3ter', wanted, 'm3ter-bills reconcile');
  for (const made of formatsOf(bill)) {
    const address = format === undefined || format === made ? await m3ter.statementAddress(id, made) : undefined;
    if (address === undefined) continue;
    return { billId: id, reference: billName(bill), format: made, address, isStale: bill.statementStale === true };
  }
  const what = format === undefined ? 'statement' : `${format.toUpperCase()} statement`;
  throw new OperationError(
    'NO_STATEMENT',
    `m3ter has made no ${what} of Bill ${billName(bill)}. Make one in m3ter, then ask again.`,
    'Make the statement in m3ter',
  );
}

function formatsOf({ csvStatementGenerated, jsonStatementGenerated }: Bill): StatementFormat[] {
  return [
    ...(csvStatementGenerated === true ? ['csv' as const] : []),
    ...(jsonStatementGenerated === true ? ['json' as const] : []),
  ];
}
