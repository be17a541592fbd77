import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { permissionSets } from '../metadata/grants.ts';
import { readSource, ROOT } from '../metadata/source.ts';
import { commandLine, runSteps } from './runSteps.ts';
import { createVersionSteps, orgSteps, promoteVersionSteps, verifyVersionSteps } from './steps.ts';
import type { Step } from './steps.ts';

interface Flag {
  readonly type: 'boolean' | 'option';
  readonly required?: boolean;
  readonly multiple?: boolean;
  readonly allowNo?: boolean;
}

/** The commands and flags of the installed Salesforce CLI, as its plugins describe them. */
const COMMANDS = new Map(
  globSync('node_modules/@salesforce/plugin-*/oclif.manifest.json', { cwd: ROOT }).flatMap((file) => {
    const { commands } = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as {
      commands: Record<string, { flags: Record<string, Flag> }>;
    };
    return Object.entries(commands);
  }),
);
/** The CLI fills these from its configuration. */
const CONFIGURED = ['target-dev-hub', 'target-org'];

/** What the CLI would say against a command; empty when it would take it. */
function faults({ args }: Step): string[] {
  const words = args.slice(
    0,
    args.findIndex((arg) => arg.startsWith('--')),
  );
  const flags = COMMANDS.get(words.join(':'))?.flags;
  if (!flags) return [`no command ${words.join(' ')}`];
  const given: string[] = [];
  const problems: string[] = [];
  for (let at = words.length; at < args.length; at += 1) {
    const name = args[at]?.replace(/^--/, '') ?? '';
    const flag =
      flags[name] ?? (name.startsWith('no-') && flags[name.slice(3)]?.allowNo ? flags[name.slice(3)] : undefined);
    if (!flag) problems.push(`no flag --${name}`);
    if (given.includes(name) && !flag?.multiple) problems.push(`--${name} twice`);
    given.push(name);
    if (flag?.type === 'option') at += 1;
  }
  const missing = Object.entries(flags).filter(([name, { required }]) => required && !given.includes(name));
  return [...problems, ...missing.flatMap(([name]) => (CONFIGURED.includes(name) ? [] : [`--${name} is missing`]))];
}

const PLAN = { definition: 'baseline', alias: 'a', days: 3, devHub: 'hub', dataPlan: '../plan.json', open: true };
const VERSION = { version: '04t1', devHub: 'hub', namespace: 'm3bills' };
const ALL = {
  org: orgSteps(PLAN),
  create: createVersionSteps({ package: 'm3ter Bills', devHub: 'hub' }),
  verify: verifyVersionSteps(VERSION),
  promote: promoteVersionSteps(VERSION),
};
const names = (steps: readonly Step[]): string[] => steps.map(({ args }) => args.slice(0, 3).join(' '));

describe('the commands for the Salesforce CLI', () => {
  for (const [name, steps] of Object.entries(ALL)) {
    it(`to ${name} are in the words of the installed CLI`, () => {
      for (const step of steps) assert.deepEqual(faults(step), [], commandLine(step));
    });
  }

  it('make an org with package, rights and data, and open it', () => {
    assert.deepEqual(names(ALL.org), [
      'org create scratch',
      'project deploy start',
      'org assign permset',
      'org assign permset',
      'data import tree',
      'data delete record',
      'org open --target-org',
    ]);
    const plain = orgSteps({ ...PLAN, dataPlan: undefined, open: false });
    assert.deepEqual(names(plain), ['org create scratch', 'project deploy start', 'org assign permset']);
  });

  it('assign permission sets that the package has, with its namespace once it is installed', () => {
    const known = permissionSets(readSource()).map(({ name }) => name);
    const assigned = (steps: readonly Step[]) =>
      steps
        .filter(({ args }) => args[1] === 'assign')
        .flatMap(({ args }) => args.filter((_, index) => args[index - 1] === '--name'));
    for (const name of assigned(ALL.org)) assert.ok(known.includes(name), name);
    for (const name of assigned(ALL.verify)) assert.ok(known.map((one) => `m3bills__${one}`).includes(name), name);
  });

  it('leave the Dev Hub to the CLI unless one is named', () => {
    assert.ok(ALL.promote[0]?.args.join(' ').endsWith('--target-dev-hub hub'));
    assert.ok(!promoteVersionSteps({ version: '04t1' })[0]?.args.includes('--target-dev-hub'));
  });
});

describe('running commands', () => {
  const steps: Step[] = ['one', 'two', 'three'].map((word) => ({ say: `Doing ${word}`, args: [word, "it's"] }));

  it('stops at the first that fails, and tells what is left', () => {
    const [done, lines]: [string[], string[]] = [[], []];
    const status = runSteps(steps, {
      cwd: 'there',
      dryRun: false,
      log: (line) => lines.push(line),
      sf: ([word = ''], cwd) => {
        done.push(`${cwd}: ${word}`);
        return word === 'two' ? 68 : 0;
      },
    });
    assert.equal(status, 68);
    assert.deepEqual(done, ['there: one', 'there: two']);
    assert.match(lines.at(-1) ?? '', /failed: "Doing two".*\n {2}sf two 'it'\\''s'\n {2}sf three 'it'\\''s'$/);
  });

  it('only shows them when that is asked', () => {
    const lines: string[] = [];
    const sf = () => assert.fail('ran a command');
    assert.equal(runSteps(steps, { cwd: '.', dryRun: true, log: (line) => lines.push(line), sf }), 0);
    assert.equal(lines.length, 3);
  });
});
