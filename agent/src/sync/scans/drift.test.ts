import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configured } from '../testing.ts';
import { driftedBills } from './drift.ts';

const [own, disabled, others] = [
  configured({ id: 'own' }),
  configured({ id: 'disabled', enabled: false }),
  configured({ id: 'others' }),
];
const view = { all: [own, disabled, others], ready: [{ integration: own, before: [], rulesHash: 'rules' }] };
const held = (hash: string | null, integrationId: string | null = 'own') => ({ recordId: 'r', hash, integrationId });

describe('a Bill that Salesforce holds', () => {
  it('has drifted when it is not as it was sent last, whichever integration of the agent wrote it', () => {
    const remembered = new Map(['same', 'late', 'half', 'before', 'nobody'].map((id) => [id, 'sent']));
    const drifted = driftedBills(
      view,
      remembered,
      new Map([
        ['same', held('sent')],
        ['late', held('of other rules')],
        ['half', held(null)],
        ['before', held('of another owner', 'disabled')],
        ['nobody', held('of nobody', null)],
        ['never seen', held('of somebody')],
      ]),
    );
    assert.deepEqual([...drifted].sort(), ['before', 'half', 'late', 'nobody']);
  });

  it('is left to the other agent whose integration wrote it', () => {
    const drifted = driftedBills(view, new Map([['b', 'sent']]), new Map([['b', held('theirs', 'others')]]));
    assert.equal(drifted.size, 0);
  });
});
