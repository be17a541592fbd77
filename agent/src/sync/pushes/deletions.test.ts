import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testRuntime } from '../../testing/testRuntime.ts';
import { markDeleted, markMissing } from './deletions.ts';

type Parts = Parameters<typeof markMissing>[0];
type Org = Parameters<typeof markMissing>[1];

interface Ends {
  /** Record ids by Bill id. */
  stored?: Record<string, string>;
  inM3ter?: string[];
  /** Record ids by Bill id. */
  inOrg?: Record<string, string>;
}

/** An org and a store, m3ter with these Bills, and what the org was told to mark. */
function ends({ stored = {}, inM3ter = [], inOrg = {} }: Ends = {}) {
  const marked: string[] = [];
  const forgotten: string[] = [];
  const runtime = testRuntime();
  const present = new Map(Object.entries(stored));
  const parts = {
    m3ter: {
      getBill: (id: string) => Promise.resolve(inM3ter.includes(id) ? { id } : undefined),
      withLineItems: (bill: object) => Promise.resolve(bill),
    },
    store: {
      bills: {
        present: () => Promise.resolve(present),
        stored: () => Promise.resolve(new Map([...present].map(([id, recordId]) => [id, { recordId }]))),
        markDeleted: (_orgId: string, ids: string[]) => Promise.resolve(void forgotten.push(...ids)),
      },
    },
    runtime,
  } as unknown as Parts;
  const org = {
    orgId: 'org',
    control: { markDeleted: (ids: string[]) => Promise.resolve((marked.push(...ids), [])) },
    reader: {
      find: ({ billIds }: { billIds: string[] }) =>
        Promise.resolve({ bills: billIds.flatMap((id) => (inOrg[id] ? [{ billId: id, recordId: inOrg[id] }] : [])) }),
    },
  } as unknown as Org;
  return { parts, org, marked, forgotten, logged: runtime.logged };
}

const HELD = new Map([
  ['kept', 'record-kept'],
  ['gone', 'record-gone'],
]);

describe('Bills that a full list of m3ter does not hold', () => {
  it('are marked, also when the agent had forgotten them', async () => {
    const { parts, org, marked } = ends();
    await markMissing(parts, org, new Set(['kept']), HELD);
    assert.deepEqual(marked, ['record-gone']);
  });

  it('are not marked when m3ter lists none of what the org holds: it may be another organization', async () => {
    const { parts, org, marked, logged } = ends();
    await markMissing(parts, org, new Set(['others']), HELD);
    assert.deepEqual(marked, []);
    assert.match(logged.map(({ message }) => message).join(), /Check M3TER_ORG_ID/);
  });

  it('are marked when the agent itself sent them, even if it was every one', async () => {
    const { parts, org, marked } = ends({ stored: { sent: 'record-sent' } });
    await markMissing(parts, org, new Set(), new Map());
    assert.deepEqual(marked, ['record-sent']);
  });

  it('are not marked when m3ter has them all the same', async () => {
    const { parts, org, marked } = ends({ stored: { sent: 'record-sent' }, inM3ter: ['sent'] });
    await markMissing(parts, org, new Set(), new Map());
    assert.deepEqual(marked, []);
  });
});

describe('Bills that m3ter did not give when it was asked for them', () => {
  it('are told apart by asking for each', async () => {
    const { parts, org, marked, forgotten } = ends({ stored: { gone: 'record' }, inM3ter: ['there'] });
    const { gone, stillThere } = await markDeleted(parts, org, ['gone', 'there']);
    assert.deepEqual([gone, stillThere.map(({ id }) => id)], [['gone'], ['there']]);
    assert.deepEqual([marked, forgotten], [['record'], ['gone']]);
  });

  it('are looked for in the org where the agent does not know them, and left where it has none', async () => {
    const { parts, org, marked, forgotten } = ends({ inOrg: { known: 'record-known' } });
    const { gone } = await markDeleted(parts, org, ['known', 'stranger']);
    assert.deepEqual([gone, marked], [['known', 'stranger'], ['record-known']]);
    assert.deepEqual(forgotten, ['known', 'stranger']);
  });
});
