import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../../rules/names.ts';
import { scriptedCalls, type SeenCall } from '../../testing/scriptedCalls.ts';
import { SalesforceSetupError } from '../errors.ts';
import { claimRequests } from './claims.ts';

const names = createNames('');
const now = new Date('2026-11-22T12:00:00.000Z');
const TAKEN = { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'REQUEST_TAKEN: Another agent' };

/** Each record is answered by its id: with nothing, it is written. */
function org(refusals: Record<string, object>, rows: object[] = []) {
  const records = ({ body }: SeenCall) =>
    (body as { compositeRequest: [{ body: { records: Array<{ id: string }> } }] }).compositeRequest[0].body.records;
  return scriptedCalls((call) => {
    if (call.path !== '/composite') return { records: rows };
    const results = records(call).map(({ id }) => {
      const refusal = refusals[id];
      return refusal ? { success: false, errors: [refusal] } : { success: true, id };
    });
    return { compositeResponse: [{ referenceId: 'claims0', httpStatusCode: 200, body: results }] };
  });
}

describe('taking requests', () => {
  it('takes those that the org lets it take', async () => {
    const calls = org({ r2: { statusCode: 'ENTITY_IS_DELETED', message: 'gone' } });
    assert.deepEqual(await claimRequests(calls, names, ['r1', 'r2'], 'me', now), new Set(['r1']));
    assert.equal(calls.seen.length, 1);
  });

  it('makes no call for none', async () => {
    assert.deepEqual(await claimRequests(org({}), names, [], 'me', now), new Set());
  });

  it('has a request that bears its claim, though the answer to the first try was lost', async () => {
    const rows = [
      { Id: 'r1', Result_Data__c: '{"claim":"me"}' },
      { Id: 'r2', Result_Data__c: '{"claim":"you"}' },
    ];
    const calls = org({ r1: TAKEN, r2: TAKEN }, rows);
    assert.deepEqual(await claimRequests(calls, names, ['r1', 'r2', 'r3'], 'me', now), new Set(['r1', 'r3']));
    assert.match(decodeURIComponent(calls.seen[1]?.path ?? ''), /Status__c = 'RUNNING' AND Id IN \('r1','r2'\)/);
  });

  it('fails when the agent may not take any', async () => {
    const calls = org({ r1: { statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'no' } });
    await assert.rejects(claimRequests(calls, names, ['r1'], 'me', now), SalesforceSetupError);
  });
});
