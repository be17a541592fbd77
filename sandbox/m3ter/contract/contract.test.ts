import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NOON, signIn, smallDataSet } from '../testApi.ts';
import { startCheckedM3ter } from './checked.ts';
import { Contract } from './contract.ts';

const answered = (path: string, body: unknown, status = 200, method = 'GET') => ({
  method,
  path,
  status,
  text: JSON.stringify(body),
});

describe("m3ter's contract", () => {
  it('takes answers that fit, and errors with a message', () => {
    const contract = new Contract();
    contract.inspect(answered('/organizations/o/bills/b', { id: 'b', billTotal: 1.5 }));
    contract.inspect(answered('/organizations/o/bills', { data: [{ id: 'b', status: 'PENDING' }] }));
    contract.inspect(answered('/organizations/o/bills/b', { message: 'Bill b does not exist.' }, 404));
    contract.assertKept();
  });

  it('notes wrong types, unknown fields, unknown calls, and what is no JSON', () => {
    const contract = new Contract();
    contract.inspect(answered('/organizations/o/bills/b', { id: 'b', billTotal: '1.5' }));
    contract.inspect(answered('/organizations/o/bills/b', { id: 'b', accountName: 'Acme' }));
    contract.inspect(answered('/organizations/o/nowhere', {}));
    contract.inspect(answered('/organizations/o/bills/b', { error: 'gone' }, 500));
    contract.inspect({ method: 'GET', path: '/organizations/o/bills', status: 200, text: '<html>' });
    assert.equal(contract.violations.length, 5);
    assert.throws(() => contract.assertKept(), /5 answers[^]*billTotal must be number/);
  });

  it('is held whoever asks: a server that breaks it does not close in peace', async () => {
    const dataSet = smallDataSet();
    Object.assign(dataSet.bills[0] ?? {}, { accountName: 'not a field of Bills' });
    const m3ter = await startCheckedM3ter({ port: 0, dataSet, now: () => NOON });
    const headers = { authorization: `Bearer ${await signIn(m3ter)}` };
    await fetch(`${m3ter.baseUrl}/organizations/${m3ter.orgId}/bills/${dataSet.bills[0]?.id}`, { headers });
    await assert.rejects(m3ter.close(), /must NOT have additional properties/);
  });
});
