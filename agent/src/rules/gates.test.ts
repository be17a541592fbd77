import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  FilterEvaluationError,
  FilterSyntaxError,
} from '../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import type { Account, Bill } from '../m3ter/resources.ts';
import { checkIntegration, connectionChange, decide, type ConnectionFacts, type OrgCredentials } from './gates.ts';
import type { Integration } from './integration.ts';
import { bill, integration } from './testing.ts';

const account: Account = {
  id: 'a1',
  name: 'Pioneer Apollo',
  address: { country: 'US' },
  customFields: { seats: '10' },
};

function reasonFor(rules: Partial<Integration>, of: Bill = bill(), holder: Account | undefined = account): string {
  const decision = decide(of, holder, integration(rules));
  return decision.send ? 'send' : decision.reason;
}

describe('the gates', () => {
  it('send every Bill where there is no rule', () => {
    assert.equal(reasonFor({}), 'send');
    assert.equal(reasonFor({ accountIds: [''], restrictedAccountIds: [''] }), 'send');
  });

  it('send a Bill without Account, status or lines where no rule looks at them', () => {
    assert.deepEqual(decide({ id: 'b1' }, undefined, integration()), { send: true });
  });

  it('keep restricted Accounts back, even allowed ones', () => {
    assert.equal(reasonFor({ restrictedAccountIds: [' A1 '] }), 'restricted');
    assert.equal(reasonFor({ restrictedAccountIds: ['a1'], accountIds: ['a1'] }), 'restricted');
    assert.equal(reasonFor({ restrictedAccountIds: ['a2'] }), 'send');
  });

  it('keep Accounts back that are not allowed', () => {
    assert.equal(reasonFor({ accountIds: ['a2'] }), 'notAllowed');
    assert.equal(reasonFor({ accountIds: ['a2', 'a1'] }), 'send');
    assert.equal(reasonFor({ accountIds: ['a1'] }, bill({ accountId: null })), 'notAllowed');
  });

  it('ask the account filter', () => {
    assert.equal(reasonFor({ accountFilter: 'address.country == US AND customFields.seats > 9' }), 'send');
    assert.equal(reasonFor({ accountFilter: 'address.country == UK' }), 'accountFilter');
    assert.equal(reasonFor({ accountFilter: '  ' }), 'send');
  });

  it('keep a Bill back whose Account cannot be read, when there is a filter to ask', () => {
    const decision = decide(bill(), undefined, integration({ accountFilter: 'customFields == null' }));
    assert.ok(!decision.send && decision.reason === 'accountFilter');
  });

  it('keep Bills back that are not approved, when only approved ones go', () => {
    const rules = { onlySendBillOnApproval: true };
    assert.equal(reasonFor(rules, bill({ status: 'PENDING' })), 'notApproved');
    assert.equal(reasonFor(rules, bill({ status: undefined })), 'notApproved');
    assert.equal(reasonFor(rules, bill({ status: 'APPROVED' })), 'send');
    assert.equal(reasonFor({}, bill({ status: 'PENDING' })), 'send');
  });

  it('name the first reason in the order of the rules', () => {
    const all: Partial<Integration> = {
      restrictedAccountIds: ['a1'],
      accountIds: ['a2'],
      accountFilter: 'address.country == UK',
      onlySendBillOnApproval: true,
    };
    const pending = bill({ status: 'PENDING' });
    assert.equal(reasonFor(all, pending), 'restricted');
    assert.equal(reasonFor({ ...all, restrictedAccountIds: [] }, pending), 'notAllowed');
    assert.equal(reasonFor({ ...all, restrictedAccountIds: [], accountIds: [] }, pending), 'accountFilter');
  });

  it('say in words why, by id and never by name', () => {
    const decision = decide(bill(), account, integration({ accountIds: ['a2'] }));
    assert.ok(!decision.send);
    assert.match(decision.detail, /a1.*not among the allowed.*Bills to Salesforce/);
    assert.doesNotMatch(decision.detail, /Pioneer/);
  });

  it('leave a filter that does not parse or has no answer to the caller', () => {
    assert.throws(() => reasonFor({ accountFilter: 'currency = USD' }), FilterSyntaxError);
    assert.throws(() => reasonFor({ accountFilter: 'customFields.seats' }), FilterEvaluationError);
    assert.throws(() => decide(bill(), undefined, integration({ accountFilter: '(' })), FilterSyntaxError);
  });
});

const org = '00D000000000001EAA';
const credentials: OrgCredentials = new Map([
  ['main', 'working'],
  ['old', 'rejected'],
]);
const facts = (changes: Partial<ConnectionFacts>): ConnectionFacts => ({
  ...integration(),
  credentialKey: 'main',
  ...changes,
});

describe('the check of an integration', () => {
  const check = (changes: Partial<ConnectionFacts>) => checkIntegration(facts(changes), org, credentials);
  const reason = (changes: Partial<ConnectionFacts>): string => {
    const readiness = check(changes);
    return readiness.ready ? 'ready' : readiness.reason;
  };

  it('lets an enabled one that is connected to this org work', () => {
    assert.equal(reason({}), 'ready');
    assert.equal(reason({ pinnedOrgId: null }), 'ready');
    assert.equal(reason({ pinnedOrgId: '00D000000000001' }), 'ready');
  });

  it('names why another one may not', () => {
    assert.equal(reason({ enabled: false, connectionStatus: 'NOT_CONNECTED' }), 'disabled');
    assert.equal(reason({ connectionStatus: 'NOT_CONNECTED' }), 'notConnected');
    assert.equal(reason({ pinnedOrgId: '00D000000000002EAA' }), 'otherOrg');
    assert.equal(reason({ pinnedOrgId: '00d000000000001EAA' }), 'otherOrg');
    assert.equal(reason({ credentialKey: null }), 'noCredential');
    assert.equal(reason({ credentialKey: 'elsewhere' }), 'unknownCredential');
    assert.equal(reason({ credentialKey: 'old' }), 'rejected');
  });

  it('says what to do', () => {
    const readiness = check({ credentialKey: null });
    assert.ok(!readiness.ready);
    assert.match(readiness.detail, /m3ter-bills integration connect "Bills to Salesforce" --credential/);
  });
});

describe('the connection of an integration', () => {
  const change = (changes: Partial<ConnectionFacts>) => connectionChange(facts(changes), org, credentials);

  it('begins with the first credential that works, and binds to the org', () => {
    const fresh = { connectionStatus: 'NOT_CONNECTED', pinnedOrgId: null };
    assert.deepEqual(change(fresh), { status: 'CONNECTED', pinnedOrgId: org });
    assert.deepEqual(change({ ...fresh, enabled: false }), { status: 'CONNECTED', pinnedOrgId: org });
    assert.deepEqual(change({ connectionStatus: 'NOT_CONNECTED', pinnedOrgId: org.slice(0, 15) }), {
      status: 'CONNECTED',
    });
  });

  it('ends when the credential is taken away or refused', () => {
    assert.deepEqual(change({ credentialKey: null }), { status: 'NOT_CONNECTED' });
    assert.deepEqual(change({ credentialKey: 'old' }), { status: 'REJECTED' });
  });

  it('stays as it is where nothing changed, another agent is in charge, or the org is a copy', () => {
    assert.equal(change({}), undefined);
    assert.equal(change({ credentialKey: null, connectionStatus: '' }), undefined);
    assert.equal(change({ credentialKey: 'elsewhere' }), undefined);
    assert.equal(change({ credentialKey: null, pinnedOrgId: '00D000000000002EAA' }), undefined);
  });
});
