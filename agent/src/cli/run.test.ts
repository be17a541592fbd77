import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMMANDS } from './commands.ts';
import { runCommandLine } from './run.ts';
import { testContext } from './testContext.ts';

async function run(...argv: string[]) {
  const context = testContext();
  const code = await runCommandLine(argv, context);
  return { code, printed: context.printed.join('\n'), written: context.written.join('') };
}

describe('the command line', () => {
  it('prints the help without a command', async () => {
    const { code, printed } = await run();
    assert.equal(code, 0);
    for (const { name, summary } of COMMANDS)
      assert.ok(printed.includes(`  ${name} `) && printed.includes(summary), name);
    assert.equal((await run('--help')).printed, printed);
    assert.equal((await run('help')).printed, printed);
  });

  it('prints the help of each command in two ways', async () => {
    for (const { name } of COMMANDS) {
      const { code, printed } = await run('help', ...name.split(' '));
      assert.equal(code, 0);
      assert.equal((await run(...name.split(' '), '--help')).printed, printed, name);
    }
  });

  it('prints the commands of a group for its first word alone', async () => {
    const { printed } = await run('integration');
    assert.match(printed, /integration list.*\n.*integration show/);
    assert.equal((await run('help', 'integration')).printed, printed);
  });

  it('prints the version', async () => {
    assert.match((await run('--version')).printed, /^\d+\.\d+\.\d+$/);
  });

  const wrong: [string[], RegExp][] = [
    [['snyc'], /snyc is not a command\.\nNext: m3ter-bills help\n/],
    [['integration', 'enabel', 'X'], /integration enabel is not a command\.\nNext: m3ter-bills help integration\n/],
    [['integration', 'enable'], /needs NAME\.\nNext: m3ter-bills help integration enable\n/],
    [['sync', '--onse'], /--onse.*\nNext: m3ter-bills help sync\n/],
    [['start', '--once'], /--once.*\nNext: m3ter-bills help start/],
    [['sync', '--once', 'extra'], /does not take extra\.\nNext: m3ter-bills help sync\n/],
    [['runs', '--limit', 'many'], /--limit takes a whole number above 0, not many\.\nNext: m3ter-bills help runs\n/],
    [['runs', '--limit', '0'], /--limit takes a whole number above 0, not 0\./],
    [
      ['runs', '--status', 'WRONG'],
      /--status takes WAITING, .*, RATE_LIMIT_RETRY; not WRONG\.\nNext: m3ter-bills help runs\n/,
    ],
    [['runs', '--trigger', 'x'], /--trigger takes EVENT, SCHEDULE, MANUAL, RECONCILE; not x\./],
    [['events', '--name', 'perform'], /--name takes .*integration\.perform\.error.*; not perform\./],
    [['help', 'me'], /no help on me.*configuration/],
    [['filter', 'test'], /needs FILTER or --integration/],
    [['credential', 'add', 'x'], /needs --type\. Types: client-credentials, jwt-bearer/],
    [['integration', 'connect', 'x'], /needs --credential/],
  ];
  for (const [argv, message] of wrong) {
    it(`refuses ${argv.join(' ')} and names what to type`, async () => {
      const { code, printed, written } = await run(...argv);
      assert.equal(code, 2);
      assert.match(written, message);
      assert.equal(printed, '');
    });
  }

  it('answers an error as one JSON document where JSON is wanted', async () => {
    const { code, printed, written } = await run('runs', '--limit', 'many', '--json');
    assert.equal(code, 2);
    assert.match(written, /^m3ter-bills: --limit/);
    assert.deepEqual(JSON.parse(printed), {
      error: {
        code: 'USAGE',
        message: '--limit takes a whole number above 0, not many.',
        next: 'm3ter-bills help runs',
        kind: 'usage',
      },
    });
  });

  it('says so when settings are wrong, also as JSON and before anything is opened', async () => {
    const context = testContext({ env: { STORE_URL: 'redis://x' } });
    assert.equal(await runCommandLine(['sync', '--once', '--json'], context), 2);
    const { error } = JSON.parse(context.printed.join('')) as {
      error: { code: string; message: string; next: string };
    };
    assert.equal(error.code, 'CONFIGURATION');
    assert.match(error.message, /STORE_URL/);
    assert.match(error.next, /m3ter-bills/);
  });
});

describe('the help', () => {
  for (const command of COMMANDS) {
    it(`of ${command.name} names every flag and argument, and its examples can be typed`, async () => {
      const { printed } = await run('help', ...command.name.split(' '));
      for (const flag of [...Object.keys(command.flags), 'config', 'help'])
        assert.ok(printed.includes(`  --${flag}`), flag);
      for (const { name } of command.args) assert.match(printed, new RegExp(`^  ${name} `, 'm'));
      assert.equal(printed.includes('  --json'), !command.hasNoResult);
      assert.ok(command.examples.length > 0);
      for (const example of command.examples) {
        assert.ok(printed.includes(`  m3ter-bills ${example}`));
        assert.ok(`${example} `.startsWith(`${command.name} `), example);
      }
      assert.ok(printed.includes('m3ter-bills help exit-codes'));
    });
  }

  it('fits a terminal of 120 columns, but for examples', async () => {
    for (const topic of ['', 'configuration', 'exit-codes', ...COMMANDS.map(({ name }) => name)]) {
      const { printed } = await run('help', ...topic.split(' ').filter((word) => word !== ''));
      const long = printed.split('\n').filter((line) => line.length > 120 && !line.startsWith('  m3ter-bills '));
      assert.deepEqual(long, [], topic);
    }
  });

  it('of exit codes names them all', async () => {
    const { printed } = await run('help', 'exit-codes');
    for (const code of [0, 1, 2, 3]) assert.match(printed, new RegExp(`^  ${code}   `, 'm'));
  });
});
