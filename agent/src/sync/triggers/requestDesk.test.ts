import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Poll } from '../../salesforce/control/poll.ts';
import type { SyncRequest } from '../../salesforce/control/requests.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { RequestDesk } from './requestDesk.ts';

const request = (id: string, more: Partial<SyncRequest> = {}): SyncRequest =>
  ({ id, name: id, status: 'NEW', claim: null, startedAt: null, ...more }) as SyncRequest;
const pollOf = (requests: SyncRequest[], running: SyncRequest[] = []): Poll =>
  ({ requests, running }) as unknown as Poll;

function desk({ refusedIds = [] as string[], isAlone = true, fails = false } = {}) {
  const handled: string[] = [];
  const released: string[] = [];
  const claims: string[] = [];
  let end: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (end = resolve));
  const session = {
    orgId: 'org',
    control: {
      claimRequests: (ids: string[], claim: string) => {
        claims.push(claim);
        return Promise.resolve(new Set(ids.filter((id) => !refusedIds.includes(id))));
      },
      releaseRequests: (ids: string[]) => Promise.resolve((released.push(...ids), [])),
    },
  } as unknown as OrgSession;
  const runtime = testRuntime();
  const requestDesk = new RequestDesk({
    handler: async ({ id }) => {
      handled.push(id);
      await gate;
      if (fails) throw new Error('The org is away');
    },
    runtime,
    agentKey: 'agent',
    isAlone,
  });
  return { requestDesk, session, handled, released, claims, runtime, end };
}

describe("people's requests", () => {
  it('are carried out once, however often they are seen', async () => {
    const { requestDesk, session, handled, end } = desk();
    assert.equal(await requestDesk.take(session, pollOf([request('a'), request('b')])), true);
    await requestDesk.take(session, pollOf([request('a'), request('b')]));
    end();
    await requestDesk.end();
    assert.deepEqual(handled, ['a', 'b']);
    assert.equal(await requestDesk.take(session, pollOf([])), false);
  });

  it('that another agent took first are left to it', async () => {
    const { requestDesk, session, handled, end } = desk({ refusedIds: ['a'] });
    await requestDesk.take(session, pollOf([request('a'), request('b')]));
    end();
    await requestDesk.end();
    assert.deepEqual(handled, ['b']);
  });

  it('wait in the org while many are under way', async () => {
    const { requestDesk, session, handled, end } = desk();
    const many = Array.from({ length: 20 }, (_, n) => request(`r${n}`));
    await requestDesk.take(session, pollOf(many));
    assert.equal(handled.length, 8);
    end();
    await requestDesk.end();
  });

  it('that a life before left behind are given back, those of other agents are not', async () => {
    const { requestDesk, session, released } = desk();
    const lost = request('lost', { claim: 'agent/before', startedAt: new Date('2026-11-22T11:59:00Z') });
    const others = request('others', { claim: 'another/now', startedAt: new Date('2026-11-22T11:59:00Z') });
    const forgotten = request('forgotten', { claim: 'another/then', startedAt: new Date('2026-11-22T10:00:00Z') });
    await requestDesk.take(session, pollOf([], [lost, others, forgotten]));
    assert.deepEqual(released, ['lost', 'forgotten']);
  });

  it('of agents that share a store are not taken from each other', async () => {
    const { requestDesk, session, released } = desk({ isAlone: false });
    const sibling = request('sibling', { claim: 'agent/other-process', startedAt: new Date('2026-11-22T11:59:00Z') });
    await requestDesk.take(session, pollOf([], [sibling]));
    assert.deepEqual(released, []);
  });

  it('that came to their end while a look was under way are not given back', async () => {
    const { requestDesk, session, released, claims, end } = desk();
    await requestDesk.take(session, pollOf([request('a')]));
    end();
    await requestDesk.end();
    await requestDesk.take(session, pollOf([], [request('a', { claim: claims[0] ?? null })]));
    assert.deepEqual(released, []);
  });

  it('whose result could not be written are given back', async () => {
    const { requestDesk, session, released, claims, end } = desk({ fails: true });
    await requestDesk.take(session, pollOf([request('a')]));
    end();
    await requestDesk.end();
    await requestDesk.take(session, pollOf([], [request('a', { claim: claims[0] ?? null })]));
    assert.deepEqual(released, ['a']);
  });
});
