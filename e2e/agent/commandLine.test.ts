/** Every command of the command line beside a running agent: with --json one document of the documented shape. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Value } from 'typebox/value';
import { COMMANDS } from '../../agent/src/cli/commands.ts';
import { OPERATIONS } from '../../agent/src/operations/operations.ts';
import type { OperationName } from '../../agent/src/operations/operations.ts';
import type { DataSet } from '../../sandbox/data/model.ts';
import { account, accountId, bill, billId, integration, line, salesforceAccount } from './builders.ts';
import { LiveAgent } from './liveAgent.ts';
import type { CommandEnd } from './liveAgent.ts';
import { Opened } from './opened.ts';
import { one, untilHeld } from './people.ts';
import { until } from './until.ts';
import { World } from './world.ts';

const simple = (name: string, of: string) => bill(name, of, [line(name, 1, '10.5')]);
const NAME = 'All Bills';

const data = (): DataSet => ({
  accounts: [account('known'), account('unmapped')],
  bills: [simple('first', 'known'), simple('waits', 'unmapped')],
  externalMappings: [],
  salesforceAccounts: [salesforceAccount(1, 'known'), salesforceAccount(2, 'unmapped', { M3ter_Account_Id__c: null })],
  integrations: [
    integration(NAME, { restrictedAccountIds: [accountId('unmapped')] }),
    integration('Mapped', { accountIds: [accountId('unmapped')], useExternalMappingAccountCode: true }),
  ],
});

describe('a command beside a running agent', () => {
  const opened = new Opened();
  const ran = new Set<string>();
  let world: World;
  let agent: LiveAgent;

  before(async () => {
    world = opened.keep(await World.start(data(), { store: 'none' }));
    agent = opened.keep(await LiveAgent.start(world));
    await untilHeld(world, [billId('first')]);
    await until('the first scan and the end of its Runs', async () => {
      const { document } = await agent.command(['status']);
      const open = await world.query("SELECT Id FROM Integration_Run__c WHERE Status__c = 'STARTED'");
      return (document['bills'] as { waiting?: number }).waiting === 1 && open.length === 0;
    });
  });
  after(() => opened.close());

  /** Runs a command and checks its document by the operation's own schema. */
  async function run<Name extends OperationName>(operation: Name, words: string[], stdin = ''): Promise<CommandEnd> {
    const end = await agent.command(words, stdin);
    const { output } = OPERATIONS[operation];
    assert.ok(Value.Check(output, end.document), `${words.join(' ')}: ${JSON.stringify(end.document)}`);
    ran.add(
      COMMANDS.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `) && name.split(' ').length > 1)?.name ??
        words[0] ??
        '',
    );
    return end;
  }

  const good = async (operation: OperationName, words: string[], stdin?: string): Promise<CommandEnd['document']> => {
    const { code, document } = await run(operation, words, stdin);
    assert.equal(code, 0, `${words.join(' ')}: ${JSON.stringify(document)}`);
    return document;
  };

  it('tells how the agent is, and which process does the work', async () => {
    const status = await good('status', ['status']);
    const { isRunning, processId } = status['agent'] as { isRunning: boolean; processId: number };
    assert.equal(isRunning, true);
    assert.notEqual(processId, process.pid);
    assert.deepEqual(status['bills'], { sent: 1, skipped: 2, waiting: 1 });
  });

  it('prints nothing but the document, as a process of its own', async () => {
    const { code, stdout, stderr } = await world.agent(['integration', 'show', NAME, '--json']).ended;
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal((JSON.parse(stdout) as { integration: { name: string } }).integration.name, NAME);
  });

  it('syncs, rehearses, reconciles and queues dead letters again', async () => {
    const sync = await good('sync', ['sync', '--integration', NAME]);
    assert.deepEqual(
      (sync['integrations'] as { name: string }[]).map(({ name }) => name),
      [NAME],
    );
    await good('sync', ['sync']);
    await good('dryRun', ['dry-run', '--limit', '5']);
    await good('reconcile', ['reconcile']);
    assert.equal((await good('redrive', ['redrive']))['redriven'], 0);
  });

  it('plans a backfill, sends a range of dates, and tells that none is left to pause', async () => {
    const range = ['--from', '2026-01-01', '--to', '2026-12-31', '--integration', NAME];
    const preview = await good('backfill', ['backfill', ...range, '--preview']);
    assert.equal(preview['report'], null);
    const sent = await good('backfill', ['backfill', ...range]);
    assert.equal(sent['isComplete'], true);
    const paused = await good('pauseBackfill', ['backfill', '--pause', '--integration', NAME]);
    assert.deepEqual([paused['integration'], paused['wasRunning']], [NAME, false]);
  });

  it('prints the address of a statement', async () => {
    await world.callM3ter('POST', `/bills/${billId('first')}/statement/csv`);
    assert.equal((await good('statement', ['statement', billId('first'), '--format', 'csv']))['format'], 'csv');
  });

  it('shows Runs and one Run', async () => {
    const { runs } = (await good('runs', ['runs', '--status', 'complete'])) as {
      runs: { name: string; status: string }[];
    };
    assert.ok(runs.length > 0 && runs.every(({ status }) => status === 'COMPLETE'));
    const found = await good('run', ['runs', runs[0]?.name ?? '']);
    assert.equal((found['run'] as { name: string }).name, runs[0]?.name);
    const ofBill = await good('runs', ['runs', '--bill', billId('first'), '--limit', '1']);
    assert.equal((ofBill['runs'] as object[]).length, 1);
  });

  it('shows Events and takes note that they were dealt with', async () => {
    const events = async (...words: string[]) =>
      (await good('events', ['events', ...words]))['events'] as { name: string; actioned: boolean }[];
    const [open] = await events('--name', 'integration.missingaccountmapping.error');
    assert.ok(open);
    await good('actionEvents', ['events', 'action', open.name]);
    assert.deepEqual(await events(), []);
    assert.deepEqual(
      (await events('--actioned')).map(({ actioned }) => actioned),
      [true],
    );
    assert.equal((await events('--all')).length, 1);
  });

  it('lists, shows, disables, enables, disconnects and connects integrations', async () => {
    assert.equal(((await good('integrations', ['integration', 'list']))['integrations'] as object[]).length, 2);
    const show = async (words: string[], operation: OperationName = 'integration') =>
      (await good(operation, ['integration', ...words]))['integration'] as {
        enabled: boolean;
        isReady: boolean;
        disabledReason: string;
      };
    assert.equal((await show(['show', NAME])).isReady, true);
    const disabled = await show(['disable', NAME, '--reason', 'The year is being closed']);
    assert.deepEqual([disabled.enabled, disabled.disabledReason], [false, 'The year is being closed']);
    assert.equal((await show(['enable', NAME], 'enable')).isReady, true);
    assert.equal((await show(['disconnect', NAME])).isReady, false);
    assert.equal((await show(['connect', NAME, '--credential', 'environment'], 'connect')).isReady, true);
  });

  it('adds, lists, tests, rotates and removes credentials', async () => {
    const { instanceUrl, clientId, clientSecret } = world.org;
    const where = ['--type', 'client-credentials', '--login-url', instanceUrl, '--client-id', clientId];
    await good('addCredential', ['credential', 'add', 'second', ...where], clientSecret);
    assert.equal((await good('testCredential', ['credential', 'test', 'second']))['orgId'], world.org.orgId);
    await good('rotateCredential', ['credential', 'rotate', 'second'], `${clientSecret}\n`);
    const listed = JSON.stringify(await good('credentials', ['credential', 'list']));
    assert.ok(!listed.includes(clientSecret));
    assert.equal((await good('removeCredential', ['credential', 'remove', 'second']))['removed'], 'second');
    const partner = await good('addCredential', ['credential', 'add', 'partner', '--type', 'api-client']);
    const rotated = await good('rotateCredential', ['credential', 'rotate', 'partner', '--generate']);
    assert.notEqual(rotated['madeSecret'], partner['madeSecret']);
  });

  it('tests filters, maps Accounts, sends again', async () => {
    const filter = await good('testFilter', ['filter', 'test', 'code == known', '--account', 'unmapped']);
    assert.deepEqual([filter['matching'], (filter['account'] as { isLetThrough: boolean }).isLetThrough], [1, false]);
    await good('suggestAccounts', ['mapping', 'suggest', '--limit', '5']);
    const { Id } = await one(world, "SELECT Id FROM Account WHERE Name = 'unmapped'");
    await good('createExternalMapping', ['mapping', 'create', accountId('unmapped'), String(Id)]);
    await untilHeld(world, ['first', 'waits'].map(billId));
    const resent = await good('resend', ['resend', billId('first'), '--integration', NAME]);
    assert.deepEqual(
      (resent['results'] as { outcome: string }[]).map(({ outcome }) => outcome),
      ['sent'],
    );
    const { Name } = await one(world, 'SELECT Name FROM Integration_Run__c WHERE Parent_Run__c != null');
    await good('replay', ['replay', String(Name)]);
  });

  it('examines everything, and the settings', async () => {
    const { document } = await run('doctor', ['doctor']);
    const bad = (document['checks'] as { outcome: string; name: string }[]).filter(({ outcome }) => outcome === 'fail');
    assert.deepEqual(bad, []);
    assert.equal((await good('configCheck', ['config', 'check']))['isGood'], true);
  });

  it('is every command of the help but start', () => {
    assert.deepEqual(
      [...ran].toSorted(),
      COMMANDS.map(({ name }) => name)
        .filter((name) => name !== 'start')
        .toSorted(),
    );
  });

  describe('that cannot do what it is asked ends with a document that says what to do next', () => {
    const cases: Array<[words: string, exit: number, code: string, text: RegExp]> = [
      ['integration show Nobody', 2, 'NOT_FOUND', /There is no integration Nobody\./],
      ['resend INV-0000', 2, 'NOT_FOUND', /Neither Salesforce nor m3ter has a Bill INV-0000/],
      ['replay RUN-999999', 2, 'NOT_FOUND', /RUN-999999/],
      ['filter test code=known', 2, 'FILTER_SYNTAX', /does not parse at character/],
      ['credential test nobody', 2, 'CREDENTIAL', /There is no credential nobody/],
      ['credential remove environment', 2, 'CREDENTIAL', /environment/],
      ['events action EVT-999999', 2, 'NOT_FOUND', /EVT-999999/],
      ['sync --integration Nobody', 2, 'NOT_FOUND', /Nobody/],
      ['sync --nonsense', 2, 'USAGE', /--nonsense/],
      ['runs --limit none', 2, 'USAGE', /--limit/],
      ['nonsense', 2, 'USAGE', /nonsense is not a command/],
    ];
    for (const [words, exit, expected, text] of cases) {
      it(words, async () => {
        const { code, document, written } = await agent.command(words.split(' '));
        const { error } = document as { error: { code: string; message: string; next: string } };
        assert.deepEqual([code, error.code], [exit, expected], error.message);
        assert.match(error.message, text);
        assert.match(written, new RegExp(`Next: ${error.next.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
      });
    }

    it('credential add, with a secret that Salesforce refuses', async () => {
      const { instanceUrl, clientId } = world.org;
      const where = ['--type', 'client-credentials', '--login-url', instanceUrl, '--client-id', clientId];
      const { code, document } = await agent.command(['credential', 'add', 'wrong', ...where], 'not the secret');
      assert.equal(code, 3);
      assert.equal((document['test'] as { status: string }).status, 'rejected');
      assert.equal((await agent.command(['credential', 'test', 'wrong'])).code, 3);
    });
  });
});
