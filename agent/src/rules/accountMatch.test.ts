import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExternalMapping } from '../m3ter/resources.ts';
import { accountLookup, chooseMapping, isAccountRecordId, matchAccount } from './accountMatch.ts';
import { bill, integration } from './testing.ts';

const FIRST = '001000000000001AAA';
const SECOND = '001000000000002AAA';
const lookup = accountLookup([
  { id: FIRST, m3terAccountId: 'A1', accountNumber: 'ACME-1' },
  { id: SECOND, m3terAccountId: null, accountNumber: 'ACME-2' },
  { id: '001000000000003AAA', m3terAccountId: null, accountNumber: 'TWIN' },
  { id: '001000000000004AAA', m3terAccountId: null, accountNumber: 'twin' },
]);

function mapping(externalId: string, changes: Partial<ExternalMapping> = {}): ExternalMapping {
  return {
    id: `mapping of ${externalId}`,
    m3terEntity: 'Account',
    m3terId: 'a1',
    externalSystem: 'Salesforce',
    externalTable: 'Account',
    externalId,
    ...changes,
  };
}

describe('matching without External Mappings', () => {
  const match = (accountId: string | null) =>
    matchAccount(bill({ accountId }), integration(), [mapping(SECOND)], lookup);

  it('finds the Account that holds the m3ter Account id', () => {
    assert.deepEqual(match('a1'), { kind: 'matched', accountId: FIRST });
  });

  it('leaves a Bill unmatched where no Account holds it', () => {
    assert.deepEqual(match('a9'), { kind: 'unmatched' });
    assert.deepEqual(match(null), { kind: 'unmatched' });
  });
});

describe('matching by External Mappings', () => {
  const rules = integration({ useExternalMappingAccountCode: true });
  const match = (...mappings: ExternalMapping[]) => matchAccount(bill(), rules, mappings, lookup);
  const detail = (...mappings: ExternalMapping[]) => {
    const result = match(...mappings);
    assert.equal(result.kind, 'missingMapping');
    return result.kind === 'missingMapping' ? result.detail : '';
  };

  it('finds an Account by record id, long or short, and by Account number', () => {
    assert.deepEqual(match(mapping(SECOND)), { kind: 'matched', accountId: SECOND });
    assert.deepEqual(match(mapping(SECOND.slice(0, 15))), { kind: 'matched', accountId: SECOND });
    assert.deepEqual(match(mapping(' acme-2 ')), { kind: 'matched', accountId: SECOND });
  });

  it('waits where there is no mapping, even when an Account holds the m3ter Account id', () => {
    assert.match(detail(), /a1 has no External Mapping/);
  });

  it('passes over mappings of other accounts, entities, systems and tables', () => {
    const others = [
      { m3terId: 'a2' },
      { m3terEntity: 'Plan' },
      { externalSystem: 'Stripe' },
      { externalTable: 'Contact' },
    ];
    assert.match(detail(...others.map((other) => mapping(SECOND, other))), /no External Mapping/);
  });

  it('waits where the mapping leads to no Account, to several, or nowhere', () => {
    assert.match(detail(mapping('001000000000009AAA')), /names 001000000000009AAA, but no Account/);
    assert.match(detail(mapping('NONE')), /names NONE, but no Account/);
    assert.match(detail(mapping('TWIN')), /2 Accounts/);
    assert.match(detail(mapping(' ')), /no External Mapping/);
  });

  it('waits where the Bill names no Account', () => {
    const result = matchAccount(bill({ accountId: null }), rules, [mapping(SECOND)], lookup);
    assert.equal(result.kind, 'missingMapping');
  });

  it('prefers the mapping tied to this integration, then one tied to none', () => {
    const own = mapping('OWN', { integrationConfigId: rules.id });
    const foreign = mapping('FOREIGN', { integrationConfigId: 'another' });
    const free = mapping('FREE');
    const choose = (...mappings: ExternalMapping[]) => chooseMapping('a1', mappings, rules.id);
    assert.deepEqual(choose(foreign, free, own), { kind: 'chosen', externalId: 'OWN' });
    assert.deepEqual(choose(foreign, free), { kind: 'chosen', externalId: 'FREE' });
    assert.deepEqual(choose(free, { ...free, id: 'again' }), { kind: 'chosen', externalId: 'FREE' });
  });

  it('does not use a mapping that is tied to another integration', () => {
    const foreign = mapping(FIRST, { integrationConfigId: 'another' });
    assert.match(detail(foreign), /a1 only has External Mappings that are tied to other integrations/);
    assert.deepEqual(match(foreign, mapping(SECOND, { integrationConfigId: '' })), {
      kind: 'matched',
      accountId: SECOND,
    });
  });

  it('chooses none of mappings that contradict each other', () => {
    assert.match(detail(mapping(FIRST), mapping(SECOND)), /2 External Mappings.*contradict/);
  });
});

describe('a record id', () => {
  it('of an Account begins with 001 and has 15 or 18 characters', () => {
    assert.ok(isAccountRecordId(FIRST) && isAccountRecordId(FIRST.slice(0, 15)));
    for (const other of ['003000000000001AAA', '0010000000000012', 'ACME-1', '']) assert.ok(!isAccountRecordId(other));
  });
});
