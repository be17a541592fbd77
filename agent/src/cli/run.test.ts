import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SetupError } from '../errors.ts';
import { M3terAuthenticationError, M3terUnavailableError } from '../m3ter/errors.ts';
import { SalesforceAuthenticationError, SalesforceSetupError } from '../salesforce/errors.ts';
import { StoreLockedError } from '../store/lock.ts';
import { UsageError } from './context.ts';
import { HELP } from './help.ts';
import { exitCodeOf, runCommand } from './run.ts';

async function run(...argv: string[]): Promise<{ code: number; printed: string }> {
  const lines: string[] = [];
  const print = (text: string): void => void lines.push(text);
  const code = await runCommand(argv, { env: {}, print, signal: new AbortController().signal });
  return { code, printed: lines.join('\n') };
}

describe('the command line', () => {
  it('prints the help without a command', async () => {
    assert.deepEqual(await run(), { code: 0, printed: HELP[''] });
    assert.deepEqual(await run('--help'), await run('help'));
  });

  it('prints the help of each command in two ways', async () => {
    for (const command of ['sync', 'start', 'status']) {
      assert.equal((await run('help', command)).printed, HELP[command]);
      assert.equal((await run(command, '--help')).printed, HELP[command]);
    }
  });

  it('prints the version', async () => {
    assert.match((await run('--version')).printed, /^\d+\.\d+\.\d+$/);
  });

  const wrong: Array<[string[], RegExp]> = [
    [['snyc'], /snyc is not a command.*m3ter-bills help/],
    [['sync'], /--once.*m3ter-bills start/],
    [['sync', '--onse'], /--onse.*m3ter-bills help sync/],
    [['start', '--json'], /--json.*m3ter-bills help start/],
    [['sync', '--once', 'extra'], /extra.*m3ter-bills help sync/],
    [['help', 'me'], /no help on me.*configuration/],
  ];
  for (const [argv, message] of wrong) {
    it(`refuses ${argv.join(' ')} and names what to type`, async () => {
      await assert.rejects(run(...argv), (error: Error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('refuses settings that are missing', async () => {
    await assert.rejects(run('sync', '--once'), SetupError);
  });
});

describe('the exit code', () => {
  const codes: Array<[Error, number]> = [
    [new UsageError(''), 2],
    [new StoreLockedError(''), 2],
    [new SalesforceSetupError(''), 2],
    [new M3terAuthenticationError(''), 3],
    [new SalesforceAuthenticationError(''), 3],
    [new M3terUnavailableError(''), 1],
    [new TypeError('a mistake of ours'), 1],
  ];
  for (const [error, code] of codes) {
    it(`is ${code} for ${error.name}`, () => assert.equal(exitCodeOf(error), code));
  }
});

describe('the help', () => {
  it('fits a terminal of 120 columns', () => {
    for (const [topic, text] of Object.entries(HELP)) {
      assert.ok(
        text.split('\n').every((line) => line.length <= 120),
        topic,
      );
    }
  });
});
