import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../rules/names.ts';
import { scriptedCalls, type SeenCall } from '../testing/scriptedCalls.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { BillWriter } from './billWriter.ts';
import { SalesforceError } from './errors.ts';
import { OrgReader } from './orgReader.ts';
import { Pace } from './pace.ts';
import type { Outcome } from './packAnswer.ts';
import type { WriteItem } from './packRequest.ts';

const names = createNames('');

function item(billId: string, lineCount = 1, staleIds: string[] = []): WriteItem {
  const bill = { Bill__r: { M3ter_Bill_Id__c: billId } };
  return {
    billId,
    header: { M3ter_Bill_Id__c: billId, Source_Version__c: 1, Sync_State__c: 'Complete', Payload_Hash__c: 'hash' },
    lines: Array.from({ length: lineCount }, (_, n) => ({ Line_Item_Key__c: `${billId}-${n}`, ...bill })),
    staleIds,
    childRun: { Run_Key__c: `run:${billId}`, Status__c: 'COMPLETE', ...bill },
    lineCount,
    staleCount: staleIds.length,
  };
}

interface Part {
  method: string;
  url: string;
  referenceId: string;
  body?: { records?: Array<Record<string, unknown>>; [field: string]: unknown };
}

const partsOf = ({ body }: SeenCall): Part[] => (body as { compositeRequest: Part[] }).compositeRequest;
const recordsOf = ({ url, body }: Part): number =>
  body?.records?.length ?? (url.split('ids=')[1] ?? 'x').split(',').length;
/** Everything is written; ids tell part and record. */
function accept(call: SeenCall) {
  const answers = partsOf(call).map((part) => {
    const results = Array.from({ length: recordsOf(part) }, (_, n) => ({
      id: `${part.referenceId}/${n}`,
      success: true,
    }));
    const body = part.body?.records || part.method === 'DELETE' ? results : results[0];
    return { referenceId: part.referenceId, httpStatusCode: 200, body };
  });
  return { compositeResponse: answers };
}

/** Nothing is written, because of some records of some parts; the rest are consequences. */
function refuse(call: SeenCall, culprit: (part: Part, record: number) => [string, string] | undefined) {
  const rolledBack = { statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message: 'rolled back', fields: [] };
  const answers = partsOf(call).map((part) => {
    const isList = part.body?.records !== undefined || part.method === 'DELETE';
    const body = Array.from({ length: recordsOf(part) }, (_, n) => {
      const [statusCode, message] = culprit(part, n) ?? [];
      if (!isList) return { errorCode: statusCode ?? 'PROCESSING_HALTED', message: message ?? 'halted' };
      return { success: false, errors: [statusCode ? { statusCode, message, fields: [] } : rolledBack] };
    });
    return { referenceId: part.referenceId, httpStatusCode: isList ? 200 : 400, body };
  });
  return { compositeResponse: answers };
}

/** Nothing is written, and no record is named: the first part was refused as a whole. */
function refuseWhole(call: SeenCall) {
  const answers = partsOf(call).map(({ referenceId }, index) => {
    const body = [{ errorCode: index === 0 ? 'APEX_ERROR' : 'PROCESSING_HALTED', message: 'who?' }];
    return { referenceId, httpStatusCode: 400, body };
  });
  return { compositeResponse: answers };
}

async function write(items: WriteItem[], answer: (call: SeenCall, count: number) => unknown) {
  const calls = scriptedCalls(answer);
  const runtime = testRuntime();
  const writer = new BillWriter({
    connection: calls,
    names,
    reader: new OrgReader(calls, names),
    pace: new Pace(4),
    runtime,
  });
  const outcomes: Outcome[] = [];
  const thrown = await writer
    .write(items, (some) => {
      outcomes.push(...some);
      return Promise.resolve();
    })
    .catch((error: unknown) => error);
  const kinds = Object.fromEntries(outcomes.map((outcome) => [outcome.item.billId, outcome.kind]));
  assert.equal(outcomes.length, Object.keys(kinds).length, 'each Bill has one outcome');
  return { outcomes, kinds, seen: calls.seen, runtime, thrown };
}

describe('writing Bills', () => {
  it('writes headers first, then Runs and lines, then deletes, in one all-or-none call', async () => {
    const { seen, outcomes } = await write([item('b', 2, ['old']), item('a', 1)], accept);
    assert.equal(seen.length, 1);
    const { allOrNone, collateSubrequests } = seen[0]?.body as Record<string, unknown>;
    assert.deepEqual([allOrNone, collateSubrequests], [true, false]);
    const parts = seen[0] ? partsOf(seen[0]) : [];
    assert.deepEqual(
      parts.map(({ method, url }) => `${method} ${url.replace('/services/data/v67.0', '')}`),
      [
        'PATCH /composite/sobjects/Bill__c/M3ter_Bill_Id__c',
        'PATCH /composite/sobjects/Integration_Run__c/Run_Key__c',
        'PATCH /composite/sobjects/Bill_Line_Item__c/Line_Item_Key__c',
        'DELETE /composite/sobjects?ids=old&allOrNone=true',
      ],
    );
    const b = outcomes.find((outcome) => outcome.item.billId === 'b');
    assert.ok(b?.kind === 'sent');
    assert.equal(b.recordId, 'headers/1');
    assert.deepEqual(b.lineIds, { 'b-0': 'lines0/1', 'b-1': 'lines0/2' });
  });

  it('puts the external id of a plain header into the URL alone, encoded', async () => {
    const { seen } = await write([item('org/1 é', 800)], accept);
    const [header] = seen[0] ? partsOf(seen[0]) : [];
    assert.ok(header);
    assert.ok(header.url.endsWith('/sobjects/Bill__c/M3ter_Bill_Id__c/org%2F1%20%C3%A9'));
    assert.equal(header.body?.['M3ter_Bill_Id__c'], undefined);
  });

  it('takes the culprits out and sends the rest', async () => {
    const { kinds, seen, outcomes } = await write([item('a'), item('b'), item('c')], (call, count) =>
      count === 1
        ? refuse(call, (part, n) =>
            part.referenceId === 'headers' && n === 1 ? ['STRING_TOO_LONG', 'too long'] : undefined,
          )
        : accept(call),
    );
    assert.deepEqual(kinds, { a: 'sent', b: 'failed', c: 'sent' });
    assert.equal(seen.length, 2);
    const failed = outcomes.find(({ kind }) => kind === 'failed');
    assert.ok(failed?.kind === 'failed');
    assert.deepEqual([failed.code, failed.message], ['STRING_TOO_LONG', 'too long']);
  });

  it('maps a refused line to its Bill', async () => {
    const { kinds } = await write([item('a', 2), item('b', 2)], (call, count) =>
      count === 1
        ? refuse(call, (part, n) => (part.referenceId === 'lines0' && n === 3 ? ['INVALID_FIELD', 'no'] : undefined))
        : accept(call),
    );
    assert.deepEqual(kinds, { a: 'sent', b: 'failed' });
  });

  it('takes a newer version in Salesforce for success', async () => {
    const { kinds } = await write([item('a'), item('b')], (call, count) =>
      count === 1
        ? refuse(call, (part, n) =>
            part.referenceId === 'headers' && n === 0
              ? ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'STALE_VERSION: newer']
              : undefined,
          )
        : accept(call),
    );
    assert.deepEqual(kinds, { a: 'superseded', b: 'sent' });
  });

  it('waits for locks and sends smaller calls', async () => {
    const { kinds, runtime, seen } = await write([item('a'), item('b'), item('c')], (call, count) =>
      count === 1 ? refuse(call, () => ['UNABLE_TO_LOCK_ROW', 'locked']) : accept(call),
    );
    assert.deepEqual(kinds, { a: 'sent', b: 'sent', c: 'sent' });
    assert.deepEqual(runtime.slept, [1000]);
    assert.equal(seen.length, 3);
  });

  it('gives a Bill up that stays locked', async () => {
    const { kinds, outcomes, runtime } = await write([item('a')], (call) =>
      refuse(call, () => ['UNABLE_TO_LOCK_ROW', 'locked']),
    );
    assert.deepEqual(kinds, { a: 'failed' });
    assert.equal(outcomes[0]?.kind === 'failed' && outcomes[0].code, 'UNABLE_TO_LOCK_ROW');
    assert.equal(runtime.slept.length, 3);
  });

  it('asks for the current lines when lines to delete are gone', async () => {
    const { kinds, seen } = await write([item('a', 1, ['gone'])], (call, count) => {
      if (call.method === 'GET') {
        return { records: [{ Id: 'new-stale', Line_Item_Key__c: 'other', Bill__c: 'bill-record' }] };
      }
      if (count === 1)
        return refuse(call, (part) => (part.method === 'DELETE' ? ['ENTITY_IS_DELETED', 'gone'] : undefined));
      const isQuery = partsOf(call)[0]?.method === 'GET';
      if (!isQuery) return accept(call);
      const found = { M3ter_Bill_Id__c: 'a', Id: 'bill-record', Source_Version__c: 1, Sync_State__c: 'Complete' };
      return { compositeResponse: [{ referenceId: 'q0', httpStatusCode: 200, body: { records: [found] } }] };
    });
    assert.deepEqual(kinds, { a: 'sent' });
    const last = seen.at(-1);
    assert.ok(last && partsOf(last).some(({ url }) => url.includes('ids=new-stale&')));
  });

  it('sends each Bill as a graph when the answer does not tell the culprit', async () => {
    const { kinds, seen } = await write([item('a', 1), item('b', 2, ['old']), item('c', 1)], (call) => {
      if (call.path === '/composite') {
        return refuseWhole(call);
      }
      const { graphs } = call.body as { graphs: Array<{ graphId: string; compositeRequest: Part[] }> };
      return {
        graphs: graphs.map(({ graphId, compositeRequest }, index) => ({
          graphId,
          isSuccessful: index !== 2,
          graphResponse: {
            compositeResponse: compositeRequest.map(({ referenceId }, part) => ({
              referenceId,
              httpStatusCode: index === 2 ? 400 : 200,
              body:
                index === 2
                  ? [{ errorCode: part === 0 ? 'APEX_ERROR' : 'PROCESSING_HALTED', message: 'it was c' }]
                  : { id: `${graphId}/${referenceId}`, success: true },
            })),
          },
        })),
      };
    });
    assert.deepEqual(kinds, { a: 'sent', b: 'sent', c: 'failed' });
    const { graphs } = seen.at(-1)?.body as { graphs: Array<{ compositeRequest: Part[] }> };
    const parts = graphs[1]?.compositeRequest ?? [];
    assert.deepEqual(
      parts.map(({ referenceId }) => referenceId),
      ['bill', 'run', 'line0', 'line1', 'stale0'],
    );
    assert.equal(parts[2]?.body?.['Bill__c'], '@{bill.id}');
    assert.equal(parts[2]?.body?.['Bill__r'], undefined);
    assert.ok(parts[4]?.url.endsWith('/sobjects/Bill_Line_Item__c/old'));
  });

  it('sends graphs again that Salesforce halted', async () => {
    let graphCalls = 0;
    const { kinds } = await write([item('a'), item('b'), item('c')], (call) => {
      if (call.path === '/composite') return refuseWhole(call);
      graphCalls += 1;
      const { graphs } = call.body as { graphs: Array<{ graphId: string; compositeRequest: Part[] }> };
      const halted = [{ errorCode: 'PROCESSING_HALTED', message: 'too many failed' }];
      return {
        graphs: graphs.map(({ graphId, compositeRequest }, index) => ({
          graphId,
          graphResponse: {
            compositeResponse: compositeRequest.map(({ referenceId }) => ({
              referenceId,
              httpStatusCode: index > 0 && graphCalls === 1 ? 400 : 200,
              body: index > 0 && graphCalls === 1 ? halted : { id: 'x', success: true },
            })),
          },
        })),
      };
    });
    assert.deepEqual(kinds, { a: 'sent', b: 'sent', c: 'sent' });
    assert.equal(graphCalls, 2);
  });

  it('sends graphs again that are not told to be written as a whole', async () => {
    let graphCalls = 0;
    const { kinds } = await write([item('a', 2), item('b', 2), item('c', 2)], (call) => {
      if (call.path === '/composite') return refuseWhole(call);
      graphCalls += 1;
      const { graphs } = call.body as { graphs: Array<{ graphId: string; compositeRequest: Part[] }> };
      return {
        graphs: graphs.map(({ graphId, compositeRequest }, index) => ({
          graphId,
          isSuccessful: graphCalls > 1 || index !== 1,
          graphResponse: {
            compositeResponse: compositeRequest
              .slice(0, graphCalls > 1 || index !== 2 ? undefined : 2)
              .map(({ referenceId }) => ({ referenceId, httpStatusCode: 200, body: { id: 'x', success: true } })),
          },
        })),
      };
    });
    assert.deepEqual(kinds, { a: 'sent', b: 'sent', c: 'sent' });
    assert.equal(graphCalls, 2);
  });

  it('ends with a failure when Salesforce never gives a reason', async () => {
    const { kinds } = await write([item('a')], (call) => refuse(call, () => undefined));
    assert.deepEqual(kinds, { a: 'failed' });
  });

  it('splits a call that is refused as a whole until the culprit is alone', async () => {
    const { kinds } = await write([item('a'), item('b'), item('c'), item('d')], (call) => {
      const text = JSON.stringify(call.body);
      if (text.includes('"c-0"')) throw new SalesforceError('JSON_PARSER_ERROR', 'cannot read', 'badData');
      return accept(call);
    });
    assert.deepEqual(kinds, { a: 'sent', b: 'sent', c: 'failed', d: 'sent' });
  });

  it('does not take an outage for a fault of Bills', async () => {
    const { kinds, thrown } = await write([item('a'), item('b')], () => {
      throw new SalesforceError('NETWORK', 'not there', 'transient');
    });
    assert.deepEqual(kinds, {});
    assert.ok(thrown instanceof SalesforceError);
  });

  it('begins no call after the process was told to stop', async () => {
    const calls = scriptedCalls(accept);
    const runtime = testRuntime();
    const writer = new BillWriter({
      connection: calls,
      names,
      reader: new OrgReader(calls, names),
      pace: new Pace(4),
      runtime,
    });
    runtime.abort();
    await writer.write([item('a'), item('b', 2000)], () => assert.fail('nothing was written'));
    assert.deepEqual(calls.seen, []);
  });
});

describe('writing a Bill that no call can hold', () => {
  const stateOf = (call: SeenCall): unknown[] => {
    const [header] = partsOf(call);
    return [header?.body?.['Sync_State__c'], header?.body?.['Payload_Hash__c']];
  };

  it('marks it Writing until the last call, which has hash and Run', async () => {
    const { kinds, seen, outcomes } = await write([item('big', 2000, ['old'])], accept);
    assert.deepEqual(kinds, { big: 'sent' });
    assert.equal(seen.length, 3);
    assert.deepEqual(seen.map(stateOf), [
      ['Writing', null],
      ['Writing', null],
      ['Complete', 'hash'],
    ]);
    const withRun = seen.map((call) => partsOf(call).some(({ referenceId }) => referenceId === 'runs'));
    assert.deepEqual(withRun, [false, false, true]);
    assert.ok(seen.every((call) => partsOf(call).length <= 25));
    const [sent] = outcomes;
    assert.ok(sent?.kind === 'sent');
    assert.equal(Object.keys(sent.lineIds).length, 2000);
  });

  it('fails without a mark of completion when a later call is refused', async () => {
    const { kinds, seen } = await write([item('big', 2000), item('small')], (call) => {
      const isSecond = JSON.stringify(call.body).includes('"big-900"');
      return isSecond ? refuse(call, () => ['STRING_TOO_LONG', 'no']) : accept(call);
    });
    assert.deepEqual(kinds, { big: 'failed', small: 'sent' });
    assert.ok(!seen.some((call) => stateOf(call)[0] === 'Complete' && JSON.stringify(call.body).includes('big')));
  });

  it('waits for locks', async () => {
    const { kinds, runtime } = await write([item('big', 2000)], (call, count) =>
      count === 1 ? refuse(call, () => ['UNABLE_TO_LOCK_ROW', 'locked']) : accept(call),
    );
    assert.deepEqual(kinds, { big: 'sent' });
    assert.deepEqual(runtime.slept, [1000]);
  });
});
