import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rulesHash, type Integration } from './integration.ts';
import { integration } from './testing.ts';

describe('the hash of the rules', () => {
  const same: readonly Partial<Integration>[] = [
    {
      name: 'Other',
      id: 'a0B000000000002AAA',
      enabled: false,
      triggerType: 'SCHEDULE',
      connectionStatus: 'NOT_CONNECTED',
    },
    { accountIds: ['b', 'a'] },
  ];
  const different: readonly Partial<Integration>[] = [
    { accountIds: ['a'] },
    { restrictedAccountIds: ['a', 'b'] },
    { accountFilter: 'currency == USD' },
    { onlySendBillOnApproval: true },
    { useExternalMappingAccountCode: true },
    { excludedLineItemTypes: ['USAGE'] },
    { sortLineItemsBy: 'SUBTOTAL' },
  ];
  const base = integration({ accountIds: ['a', 'b'] });

  it('stays when no rule changes', () => {
    for (const change of same) assert.equal(rulesHash({ ...base, ...change }), rulesHash(base));
  });

  it('differs for every changed rule', () => {
    const hashes = different.map((change) => rulesHash({ ...base, ...change }));
    assert.equal(new Set([...hashes, rulesHash(base)]).size, different.length + 1);
  });
});
