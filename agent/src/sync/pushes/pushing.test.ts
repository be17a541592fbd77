import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BillState } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import type { EngineCore } from '../core.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { Pushing } from './pushing.ts';
import { Watches } from '../runs/watches.ts';

const REF = { orgId: 'org', integrationId: 'one' };

function decided(second: number): BillState {
  const decidedAt = new Date(second * 1000);
  const [status, changeToken, rulesHash] = ['sent', 'token', 'rules'] as const;
  return { billId: 'a', m3terAccountId: null, status, changeToken, rulesHash, isMatched: true, code: null, decidedAt };
}

/** Sends Bill a again while another process on the same server takes its job. */
async function elsewhere(states: readonly (BillState | undefined)[]) {
  const runtime = testRuntime();
  const waits = [true, true];
  const asked = [...states];
  const distrusted: string[] = [];
  const store = {
    kind: 'postgres',
    bills: { distrust: (orgId: string, ids: readonly string[]) => Promise.resolve(distrusted.push(orgId, ...ids)) },
    states: {
      of: () => {
        const state = asked.shift();
        return Promise.resolve(new Map(state ? [['a', state]] : []));
      },
    },
    batches: {
      isWaitingFor: () => Promise.resolve(waits.shift() ?? false),
    },
  };
  const core = {
    ...{ runtime, watches: new Watches(), parts: { store } },
    troubles: { remaining: () => 0, reason: () => undefined },
    push: () => Promise.resolve(assert.deepEqual(distrusted, ['org', 'a'])),
    finish: () => Promise.resolve(),
  };
  const session = { nameOf: () => 'Main' };
  const pushing = new Pushing(core as unknown as EngineCore, session as unknown as OrgSession, REF, ['a'], {});
  return (await pushing.run(null)).results.map(({ billId, outcome, message }) => ({ billId, outcome, message }));
}

describe('Bills that a person sends again', () => {
  it('are distrusted before they are queued, and come to an end though another process on the same store sends them', async () => {
    const message = 'Another process of the agent did it. See the Run in Salesforce.';
    assert.deepEqual(await elsewhere([decided(1), decided(2)]), [{ billId: 'a', outcome: 'sent', message }]);
  });

  it('are not told as done by what was decided before', async () => {
    const [result] = await elsewhere([decided(1), decided(1)]);
    assert.equal(result?.outcome, 'postponed');
  });
});
