import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { SECRETS, SETTINGS } from '../config/settings.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { COMMANDS } from './commands.ts';
import { EXIT } from './context.ts';

const DOCS = new URL('../../../docs/', import.meta.url);
const GUIDE = readFileSync(new URL('operator.md', DOCS), 'utf8');
const section = (heading: string): string => GUIDE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
/** The cells of the tables in a section, row by row. */
const rows = (heading: string): string[][] =>
  [...section(heading).matchAll(/^\|(.*)\|$/gm)].map(([, cells = '']) =>
    cells.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')),
  );

describe('the operator guide', () => {
  it('lists every setting with its name in the file, its default and what it takes, and no other', () => {
    const plain = Object.entries(SETTINGS).map(([name, row]) => {
      const standard = 'default' in row ? `\`${row.default}\`` : '';
      return [`\`${row.variable}\``, `\`${name}\``, standard, row.takes];
    });
    const secrets = Object.values(SECRETS).map(({ variable, takes }) => [
      `\`${variable}\``,
      'never: a secret',
      '',
      takes,
    ]);
    const [, , ...written] = rows('Settings');
    const sorted = (list: string[][]) => [...list].sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
    assert.deepEqual(sorted(written), sorted([...plain, ...secrets]));
  });

  it('names no variable that there is not', () => {
    const known: string[] = [...Object.values(SETTINGS), ...Object.values(SECRETS)].map(({ variable }) => variable);
    const prefixes = /^(?:M3TER|SALESFORCE|STORE|VAULT|WEBHOOK|HTTP|LOG|SMTP|CONTROL|EVENTS|HINT|RECONCILE|RETENTION)_/;
    const named = [...GUIDE.matchAll(/\b[A-Z0-9]+(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name);
    const isKnown = (name: string): boolean => known.includes(name) || known.includes(name.replace(/_FILE$/, ''));
    const strange = named.filter((name) => prefixes.test(name) && !isKnown(name));
    const words = ['M3TER_SIGNED_REQUEST', 'M3TER_ACCOUNT'];
    assert.deepEqual(
      strange.filter((name) => !words.includes(name)),
      [],
    );
  });

  it('lists every command, and no other', () => {
    const listed = rows('Commands')
      .slice(2)
      .flatMap(([commands = '']) => [...commands.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command))
      .map((command) => command.replace(/ [[A-Z].*$/, ''));
    assert.deepEqual(listed.sort(), [...COMMANDS.map(({ name }) => name), 'help', '--version'].sort());
  });

  it('mentions no command that there is not', () => {
    const names = COMMANDS.map(({ name }) => name);
    const groups = new Set(names.filter((name) => name.includes(' ')).map((name) => name.split(' ')[0]));
    for (const [, line = ''] of GUIDE.matchAll(/(?:^|`)m3ter-bills ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)(?= |`|$)/gm)) {
      const [first = '', second = ''] = line.split(' ');
      const command = groups.has(first) ? `${first} ${second}` : first;
      assert.ok([...names, 'help'].includes(command), `m3ter-bills ${line}`);
    }
  });

  it('lists the exit codes', () => {
    const codes = rows('Exit codes').slice(2);
    assert.deepEqual(
      codes.map(([code]) => Number(code)),
      Object.values(EXIT).sort(),
    );
  });

  it('names metrics that the agent has', async () => {
    const text = await createMetrics().text();
    const named = [...new Set(GUIDE.match(/m3ter_bills_[a-z0-9_]+/g))].map((name) => name.replace(/_$/, ''));
    for (const name of named) assert.match(text, new RegExp(`^# TYPE ${name}`, 'm'));
  });

  it('leads to files and headings that are there', () => {
    const anchor = (heading: string): string =>
      heading
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-');
    const headings = [...GUIDE.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading));
    for (const [, target = ''] of GUIDE.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith('#')) assert.ok(headings.includes(target.slice(1)), target);
      else assert.ok(existsSync(new URL(target, DOCS)), target);
    }
  });
});
