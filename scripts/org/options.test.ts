import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOrgOptions, readVersionOptions, UsageError } from './options.ts';
import { defaultPackage, takeAliases } from './project.ts';

const DEFINITIONS = ['baseline', 'translation'];

describe('the options of a new scratch org', () => {
  it('are those of an org to look around in, unless told', () => {
    assert.deepEqual(readOrgOptions([], DEFINITIONS), {
      definition: 'baseline',
      alias: 'm3ter-bills-baseline',
      days: 7,
      devHub: undefined,
      data: true,
      open: true,
      dryRun: false,
    });
  });

  it('are taken from the command line', () => {
    const line = '--definition translation --alias words --days 1 --dev-hub hub --no-data --no-open --dry-run';
    assert.deepEqual(readOrgOptions(line.split(' '), DEFINITIONS), {
      definition: 'translation',
      alias: 'words',
      days: 1,
      devHub: 'hub',
      data: false,
      open: false,
      dryRun: true,
    });
  });

  it('that cannot be are refused, with what to type', () => {
    const refuse = (line: string, words: RegExp) =>
      assert.throws(
        () => readOrgOptions(line.split(' '), DEFINITIONS),
        (error) => error instanceof UsageError && words.test(error.message),
      );
    refuse('--definition other', /no definition "other"\. Name one of: baseline, translation/);
    for (const days of ['0', '31', '1.5', 'x']) refuse(`--days ${days}`, /1 to 30 days/);
    refuse('--unknown', /Usage: npm run org:create/);
    refuse('baseline', /Usage: npm run org:create/);
  });
});

describe('the options of a package version', () => {
  it('name what to do, and with which version', () => {
    const common = { devHub: undefined, dryRun: false };
    assert.deepEqual(readVersionOptions(['create']), { ...common, action: 'create' });
    assert.deepEqual(readVersionOptions(['verify', '04t1']), { ...common, action: 'verify', version: '04t1' });
    assert.deepEqual(readVersionOptions(['promote', '04t1', '--dev-hub', 'hub', '--dry-run']), {
      devHub: 'hub',
      dryRun: true,
      action: 'promote',
      version: '04t1',
    });
  });

  it('that are too few or too many are refused', () => {
    for (const line of ['', 'create 04t1', 'verify', 'promote', 'verify a b', 'remove 04t1', 'create --unknown']) {
      assert.throws(() => readVersionOptions(line.split(' ')), UsageError, line);
    }
  });
});

describe('the project file', () => {
  const project = {
    namespace: '',
    packageDirectories: [{ package: 'Bills', default: true }, {}],
    packageAliases: { Bills: '0Ho1' },
  };

  it('names the package of its default folder', () => {
    assert.equal(defaultPackage(project), 'Bills');
    assert.throws(() => defaultPackage({ ...project, packageDirectories: [{}] }), /names no package/);
  });

  it('takes new aliases and is left alone without any', () => {
    assert.equal(takeAliases(project, project), undefined);
    const other = { ...project, packageAliases: { 'Bills@0.1.0-1': '04t1' } };
    assert.deepEqual(takeAliases(project, other), {
      ...project,
      packageAliases: { Bills: '0Ho1', 'Bills@0.1.0-1': '04t1' },
    });
  });
});
