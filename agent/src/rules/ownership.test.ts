import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { effectiveRulesHash, inOwnershipOrder, ownerBefore } from './ownership.ts';
import { integration } from './testing.ts';

const one = integration({ id: 'a01', name: 'one' });
const two = integration({ id: 'a02', name: 'Two' });
const same = integration({ id: 'a03', name: 'ONE' });

describe('the order in which integrations own Bills', () => {
  it('is by name without regard to case, then by id', () => {
    assert.deepEqual(inOwnershipOrder([two, same, one]), [one, same, two]);
  });

  it('does not depend on the order in which they are given', () => {
    const integrations = fc.uniqueArray(fc.record({ id: fc.string(), name: fc.string() }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(integrations, (given) => {
        assert.deepEqual(inOwnershipOrder(given), inOwnershipOrder(given.toReversed()));
      }),
    );
  });
});

describe('the hash of the rules that decide about a Bill', () => {
  const hash = effectiveRulesHash(two, [one]);

  it('changes with the own rules', () => {
    assert.notEqual(effectiveRulesHash({ ...two, sortLineItemsBy: 'SUBTOTAL' }, [one]), hash);
  });

  it('changes with the gates of an earlier integration, and when one comes or goes', () => {
    assert.notEqual(effectiveRulesHash(two, [{ ...one, accountFilter: 'currency == USD' }]), hash);
    assert.notEqual(effectiveRulesHash(two, []), hash);
    assert.notEqual(effectiveRulesHash(two, [one, same]), hash);
  });

  it('does not change with what an earlier integration does to the Line Items', () => {
    const shaped = { ...one, sortLineItemsBy: 'SUBTOTAL', excludedLineItemTypes: ['USAGE'] } as const;
    assert.equal(effectiveRulesHash(two, [shaped]), hash);
  });
});

describe('the owner of a Bill', () => {
  it('is the first integration whose gates let it pass', () => {
    assert.equal(
      ownerBefore([one, two], ({ name }) => name === 'Two'),
      two,
    );
    assert.equal(
      ownerBefore([one, two], () => true),
      one,
    );
    assert.equal(
      ownerBefore([one, two], () => false),
      undefined,
    );
  });
});
