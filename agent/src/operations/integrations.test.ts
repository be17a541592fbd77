import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SalesforceAuthenticationError } from '../salesforce/errors.ts';
import type { CredentialDesk } from './credentialDesk.ts';
import { OperationError } from './errors.ts';
import { integrationOperations } from './integrations.ts';
import type { CredentialTest } from './shapes.ts';
import { configured, fakeEngine, fakeOrg, ORG_ID } from './testing.ts';

function desk(more: Partial<CredentialTest> = {}): CredentialDesk {
  const test = {
    status: 'working' as const,
    message: 'Signed in.',
    orgId: ORG_ID,
    testedAt: '2026-11-22T12:00:00.000Z',
  };
  const answer = (credential: string) => Promise.resolve({ ...test, credential, ...more });
  return { test: answer, publish: () => Promise.resolve() } as unknown as CredentialDesk;
}

const refusal = (code: string, text: RegExp) => (error: Error) => {
  assert.ok(error instanceof OperationError);
  assert.equal(error.code, code);
  assert.match(`${error.message} ${error.next}`, text);
  return true;
};

describe('integrations', () => {
  it('are those of every org, with why one is not ready', async () => {
    const copy = fakeOrg({ orgId: '00D000000000002AAA', credentialName: 'sandbox' });
    const engine = fakeEngine([
      fakeOrg({ integrations: [configured(), configured({ name: 'B', credentialKey: null })] }),
      copy,
    ]);
    const { integrations } = await integrationOperations({ engine, desk: desk() }).integrations({});
    assert.deepEqual(
      integrations.map(({ name, orgId, isReady }) => [name, orgId, isReady]),
      [
        ['All Bills', ORG_ID, true],
        ['B', ORG_ID, false],
        ['All Bills', '00D000000000002AAA', false],
      ],
    );
    assert.match(integrations[1]?.detail ?? '', /integration connect "B" --credential/);
    assert.match(integrations[2]?.detail ?? '', /copy of that org/);
  });

  it('are shown though another org cannot be reached, and say so', async () => {
    const engine = fakeEngine();
    engine.states = [
      ...engine.states,
      { credentialName: 'other', error: new SalesforceAuthenticationError('refused') },
    ];
    const { integrations, unreachable } = await integrationOperations({ engine, desk: desk() }).integrations({});
    assert.equal(integrations.length, 1);
    assert.deepEqual(unreachable, [{ credential: 'other', detail: 'refused' }]);
  });

  it('throw the reason when no org can be reached', async () => {
    const engine = fakeEngine();
    engine.states = [{ credentialName: 'other', error: new SalesforceAuthenticationError('refused') }];
    await assert.rejects(
      integrationOperations({ engine, desk: desk() }).integrations({}),
      SalesforceAuthenticationError,
    );
  });

  it('are found by name in any case and by short and long id', async () => {
    const operations = integrationOperations({ engine: fakeEngine(), desk: desk() });
    for (const integration of ['all bills', 'a00000000000001AAA', 'a00000000000001']) {
      assert.equal((await operations.integration({ integration })).integration.name, 'All Bills');
    }
    await assert.rejects(
      operations.integration({ integration: 'None' }),
      refusal('NOT_FOUND', /None.*integration list/),
    );
  });

  it('of one name in several orgs are told apart by the org', async () => {
    const other = fakeOrg({ orgId: '00D000000000002AAA', credentialName: 'us' });
    const operations = integrationOperations({ engine: fakeEngine([fakeOrg(), other]), desk: desk() });
    await assert.rejects(operations.integration({ integration: 'All Bills' }), refusal('AMBIGUOUS', /--org/));
    for (const org of ['us', '00D000000000002AAA', '00D000000000002']) {
      assert.equal((await operations.integration({ integration: 'All Bills', org })).integration.orgId, other.orgId);
    }
    await assert.rejects(
      operations.integration({ integration: 'All Bills', org: 'nowhere' }),
      refusal('NOT_FOUND', /nowhere/),
    );
  });
});

describe('enabling', () => {
  const disabled = () =>
    fakeOrg({
      integrations: [
        configured({ enabled: false, successiveErrors: 10, disabledReason: '10 errors.', disabledAt: new Date(0) }),
      ],
    });

  it('tests the connection, resets the count, clears the reason, and has the engine look', async () => {
    const engine = fakeEngine([disabled()]);
    const { integration, test } = await integrationOperations({ engine, desk: desk() }).enable({
      integration: 'All Bills',
    });
    assert.equal(test.status, 'working');
    assert.deepEqual([integration.enabled, integration.successiveErrors, integration.disabledReason], [true, 0, null]);
    assert.deepEqual(engine.asked, ['errors a00000000000001AAA 0', `refresh ${ORG_ID}`]);
  });

  const failures = [
    ['rejected', 'authentication'],
    ['failed', 'failed'],
  ] as const;
  for (const [status, kind] of failures) {
    it(`leaves it disabled when the test is ${status}`, async () => {
      const org = disabled();
      const engine = fakeEngine([org]);
      const enabling = integrationOperations({ engine, desk: desk({ status, orgId: null, message: 'No.' }) }).enable({
        integration: 'All Bills',
      });
      await assert.rejects(
        enabling,
        (error: OperationError) =>
          refusal('CONNECTION_TEST_FAILED', /No\..*credential test production/)(error) && error.kind === kind,
      );
      assert.equal(org.integrations[0]?.enabled, false);
      assert.deepEqual(engine.asked, []);
    });
  }

  it('is refused without a credential, with the command to type', async () => {
    const engine = fakeEngine([fakeOrg({ integrations: [configured({ credentialKey: null })] })]);
    const enabling = integrationOperations({ engine, desk: desk() }).enable({ integration: 'All Bills' });
    await assert.rejects(enabling, refusal('NO_CREDENTIAL', /integration connect "All Bills" --credential/));
  });
});

describe('disabling, connecting and disconnecting', () => {
  it('disables with the reason', async () => {
    const engine = fakeEngine();
    const { integration } = await integrationOperations({ engine, desk: desk() }).disable({
      integration: 'All Bills',
      reason: 'Year end',
    });
    assert.deepEqual([integration.enabled, integration.disabledReason], [false, 'Year end']);
    assert.deepEqual(engine.asked, [`refresh ${ORG_ID}`]);
  });

  it('connects to the org that the credential leads to, and pins', async () => {
    const org = fakeOrg({
      integrations: [
        configured({ credentialKey: null, connectionStatus: 'NOT_CONNECTED', pinnedOrgId: '00D000000000009AAA' }),
      ],
    });
    const engine = fakeEngine([org]);
    const { integration } = await integrationOperations({ engine, desk: desk() }).connect({
      integration: 'All Bills',
      credential: 'production',
    });
    assert.deepEqual(
      [integration.credentialKey, integration.connectionStatus, integration.pinnedOrgId],
      ['production', 'CONNECTED', ORG_ID],
    );
  });

  it('does not connect by a credential of another org', async () => {
    const parts = { engine: fakeEngine(), desk: desk({ orgId: '00D000000000009AAA' }) };
    const connecting = integrationOperations(parts).connect({ integration: 'All Bills', credential: 'other' });
    await assert.rejects(connecting, refusal('OTHER_ORG', /00D000000000009AAA/));
  });

  it('takes credential and org away', async () => {
    const { integration } = await integrationOperations({ engine: fakeEngine(), desk: desk() }).disconnect({
      integration: 'All Bills',
    });
    assert.deepEqual(
      [integration.credentialKey, integration.connectionStatus, integration.pinnedOrgId],
      [null, 'NOT_CONNECTED', null],
    );
  });
});
