import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bill } from '../m3ter/resources.ts';
import { OperationError } from './errors.ts';
import { statement } from './statement.ts';
import { fakeEngine, fakeOrg } from './testing.ts';

const withBill = (bill: Partial<Bill>) => {
  const engine = fakeEngine([fakeOrg({ billIds: { 'INV-1': 'bill-1' } })]);
  engine.bills = [{ id: 'bill-1', sequentialInvoiceNumber: 'INV-1', ...bill }];
  return engine;
};

describe('the statement of a Bill', () => {
  it('is the CSV where there is one, else the JSON, else what is asked for', async () => {
    const both = withBill({ csvStatementGenerated: true, jsonStatementGenerated: true, statementStale: true });
    assert.deepEqual(await statement(both, { bill: 'INV-1' }), {
      billId: 'bill-1',
      reference: 'INV-1',
      format: 'csv',
      address: 'https://m3ter.example/bill-1.csv',
      isStale: true,
    });
    assert.equal((await statement(both, { bill: 'INV-1', format: 'json' })).format, 'json');
    const json = await statement(withBill({ jsonStatementGenerated: true }), { bill: 'bill-1' });
    assert.deepEqual([json.format, json.isStale], ['json', false]);
  });

  it('that m3ter has not made is missed by name', async () => {
    const missed = (what: RegExp) => (error: Error) => {
      assert.ok(error instanceof OperationError);
      assert.equal(error.code, 'NO_STATEMENT');
      assert.match(error.message, what);
      return true;
    };
    await assert.rejects(
      statement(withBill({}), { bill: 'INV-1' }),
      missed(/no statement of Bill INV-1\. Make one in m3ter/),
    );
    const json = withBill({ jsonStatementGenerated: true });
    await assert.rejects(statement(json, { bill: 'INV-1', format: 'csv' }), missed(/no CSV statement of Bill INV-1/));
  });

  it('of a Bill that m3ter does not have any more is not looked for', async () => {
    const engine = withBill({});
    engine.bills = [];
    await assert.rejects(statement(engine, { bill: 'INV-1' }), { code: 'NOT_FOUND' });
  });
});
