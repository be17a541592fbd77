import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { orgView } from './orgView.ts';
import { configured } from '../testing.ts';

const org = '00D000000000001EAA';
const credentials = new Map([['main', 'working' as const]]);

describe('the integrations of an org', () => {
  const first = configured({ id: 'a1', name: 'alpha' });
  const second = configured({ id: 'a2', name: 'Beta' });
  const off = configured({ id: 'a3', name: 'Aaa', enabled: false });
  const lost = configured({ id: 'a4', name: 'Lost', credentialKey: null });
  const view = orgView([second, off, lost, first], org, credentials, new Date(0));

  it('that are ready own Bills in the order of their names', () => {
    assert.deepEqual(
      view.ready.map(({ integration, before }) => [integration.name, before.map(({ name }) => name)]),
      [
        ['alpha', []],
        ['Beta', ['alpha']],
      ],
    );
  });

  it('that are enabled and not ready say why; disabled ones say nothing', () => {
    assert.deepEqual(
      view.idle.map(({ name, reason }) => [name, reason]),
      [['Lost', 'noCredential']],
    );
  });

  it('are decided anew when one before them comes or goes', () => {
    const alone = orgView([second], org, credentials, new Date(0));
    assert.notEqual(alone.ready[0]?.rulesHash, view.ready[1]?.rulesHash);
  });
});
