import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markDeletedBills } from './deletions.ts';
import type { Session } from './session.ts';

/** A session whose m3ter has no Bill of its own any more, and what it was told to mark. */
function sessionOf(stored: ReadonlyMap<string, string> = new Map()) {
  const marked: string[] = [];
  const warnings: string[] = [];
  const logger = { info: () => {}, warn: (_facts: object, text: string) => warnings.push(text) };
  const markDeleted = (ids: readonly string[]): Promise<never[]> => {
    marked.push(...ids);
    return Promise.resolve([]);
  };
  const session = {
    store: { presentBills: () => Promise.resolve(stored), markDeleted: () => Promise.resolve() },
    m3ter: { getBill: () => Promise.resolve(undefined) },
    control: { markDeleted },
    runtime: { logger },
  } as unknown as Session;
  return { session, marked, warnings };
}

const FORGOTTEN = new Map([
  ['kept', 'record-kept'],
  ['gone', 'record-gone'],
]);

describe('Bills that m3ter no longer has', () => {
  it('are marked, also when the agent had forgotten them', async () => {
    const { session, marked } = sessionOf();
    assert.equal(await markDeletedBills(session, new Set(['kept']), FORGOTTEN), 1);
    assert.deepEqual(marked, ['record-gone']);
  });

  it('are not marked when m3ter lists none of what the org holds: it may be another organization', async () => {
    const { session, marked, warnings } = sessionOf();
    assert.equal(await markDeletedBills(session, new Set(['others']), FORGOTTEN), 0);
    assert.deepEqual(marked, []);
    assert.match(warnings.join(), /Check M3TER_ORG_ID/);
  });

  it('are marked when the agent itself sent them, even if it was every one', async () => {
    const { session, marked } = sessionOf(new Map([['sent', 'record-sent']]));
    assert.equal(await markDeletedBills(session, new Set(), new Map()), 1);
    assert.deepEqual(marked, ['record-sent']);
  });
});
