import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PushAttempt } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import type { EngineParts } from '../engineParts.ts';
import { BillLocks } from './billLocks.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { orgView } from '../orgs/orgView.ts';
import { PushGroup } from './pushGroup.ts';
import { configured } from '../testing.ts';

describe('a group of Bills', () => {
  it('makes no calls to the org when a group beside it met the tenth error', async () => {
    const [ready] = orgView([configured()], '00D000000000001EAA', new Map([['main', 'working']]), new Date(0)).ready;
    assert.ok(ready);
    const writing = new BillLocks();
    let count = 9;
    const beside = writing.run(['a'], () => Promise.resolve((count = 10)));
    const parts = {
      runtime: testRuntime(),
      m3ter: { getBills: (ids: readonly string[]) => Promise.resolve(ids.slice(0, 1).map((id) => ({ id }))) },
      store: { errors: { get: () => Promise.resolve({ count, evidence: [] }) } },
      onM3terAnswer: () => Promise.resolve(),
    };
    // Nothing else of the org may be touched.
    const session = { orgId: '00D000000000001EAA', writing } as unknown as OrgSession;
    const jobs = ['a', 'b'].map((billId) => ({ data: { billId, runKey: 'run' } }) as unknown as PushAttempt);
    const group = new PushGroup(parts as unknown as EngineParts, session, ready, new Map(), jobs);
    const results = await group.run();
    await beside;
    assert.deepEqual([...results].map(([id, { kind }]) => [id, kind]).sort(), [
      ['a', 'disabled'],
      ['b', 'disabled'],
    ]);
  });
});
