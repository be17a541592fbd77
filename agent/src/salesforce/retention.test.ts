import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../rules/names.ts';
import { scriptedCalls, type SeenCall } from '../testing/scriptedCalls.ts';
import { deleteOld } from './retention.ts';

const names = createNames('m3b__');
const before = new Date('2026-08-24T00:00:00.000Z');

interface Part {
  readonly url: string;
}

const partsOf = ({ body }: SeenCall): Part[] => (body as { compositeRequest: Part[] }).compositeRequest;
const idsOf = ({ url }: Part): string[] => new URL(url, 'http://org').searchParams.get('ids')?.split(',') ?? [];
const soqlOf = ({ path }: SeenCall): string => new URL(path, 'http://org').searchParams.get('q') ?? '';

/** An org with so many old records of each kind; deletes are answered by id. */
function org(counts: Record<string, number>, codeOf: (id: string) => string | undefined = () => undefined) {
  return scriptedCalls((call) => {
    if (call.path !== '/composite') {
      const soql = soqlOf(call);
      const [kind = '', count = 0] = Object.entries(counts).find(([kind]) => soql.includes(kind)) ?? [];
      const limit = Number(/LIMIT (\d+)$/.exec(soql)?.[1]);
      return { records: Array.from({ length: Math.min(count, limit) }, (_, n) => ({ Id: `${kind}${n}` })) };
    }
    const answers = partsOf(call).map((part) => ({
      httpStatusCode: 200,
      body: idsOf(part).map((id) => {
        const statusCode = codeOf(id);
        return statusCode ? { success: false, errors: [{ statusCode, message: 'why' }] } : { success: true, id };
      }),
    }));
    return { compositeResponse: answers };
  });
}

describe('deleting what is old', () => {
  it('takes Events, then Runs of Bills, then Runs of batches, then requests', async () => {
    const calls = org({ Parent_Run__c: 2, Integration_Event__c: 1, Sync_Request__c: 3 });
    const result = await deleteOld(calls, names, { before, limit: 1000 });
    assert.deepEqual(result, { deleted: { runs: 4, events: 1, requests: 3 }, refusals: [], isDone: true });
    const queries = calls.seen.filter(({ path }) => path !== '/composite').map(soqlOf);
    assert.deepEqual(
      queries.map((soql) => soql.replace(/^SELECT Id FROM /, '').replace(/ ORDER BY CreatedDate LIMIT \d+$/, '')),
      [
        'm3b__Integration_Event__c WHERE m3b__Event_Time__c < 2026-08-24T00:00:00.000Z OR ' +
          '(m3b__Actioned__c = true AND m3b__Actioned_At__c < 2026-08-24T00:00:00.000Z)',
        'm3b__Integration_Run__c WHERE m3b__Parent_Run__c != null AND CreatedDate < 2026-08-24T00:00:00.000Z',
        'm3b__Integration_Run__c WHERE m3b__Parent_Run__c = null AND CreatedDate < 2026-08-24T00:00:00.000Z',
        "m3b__Sync_Request__c WHERE m3b__Status__c IN ('DONE','FAILED') AND CreatedDate < 2026-08-24T00:00:00.000Z",
      ],
    );
  });

  it('deletes 200 at a time, a thousand in a call', async () => {
    const calls = org({ Integration_Event__c: 1100 });
    await deleteOld(calls, names, { before, limit: 2000 });
    const deletes = calls.seen.filter(({ path }) => path === '/composite').map(partsOf);
    assert.deepEqual(
      deletes.map((parts) => parts.map((part) => idsOf(part).length)),
      [[200, 200, 200, 200, 200], [100]],
    );
  });

  it('stops at its limit and says that more is left', async () => {
    const calls = org({ Integration_Event__c: 500, 'Parent_Run__c != null': 500 });
    const result = await deleteOld(calls, names, { before, limit: 600 });
    assert.deepEqual([result.deleted, result.isDone], [{ events: 500, runs: 100, requests: 0 }, false]);
  });

  it('takes what somebody else deleted for deleted, and tells what the org keeps', async () => {
    const codeOf = (id: string) => ({ 0: 'ENTITY_IS_DELETED', 1: 'DELETE_FAILED' })[id.slice(-1)];
    const calls = org({ Integration_Event__c: 3 }, codeOf);
    const result = await deleteOld(calls, names, { before, limit: 3 });
    assert.equal(result.deleted.events, 2);
    assert.deepEqual(
      result.refusals.map(({ code }) => code),
      ['DELETE_FAILED'],
    );
  });

  it('does not go on for ever about records that the org keeps', async () => {
    const calls = org({ Integration_Event__c: 5 }, () => 'DELETE_FAILED');
    assert.equal((await deleteOld(calls, names, { before, limit: 5 })).isDone, true);
  });
});
