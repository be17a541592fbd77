import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { explainSettings } from './explain.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-explain-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('the explanation of the settings', () => {
  const file = path.join(folder, 'settings.json');
  writeFileSync(file, '{"retentionDays":30,"reconcileHour":99}');
  const { settings, problems } = explainSettings(
    { STORE_URL: 'postgres://agent:hush@db/bills', M3TER_API_SECRET: 'hush', M3TER_API_KEY_FILE: '/no/such' },
    file,
  );
  const of = (variable: string) => {
    const found = settings.find((setting) => setting.variable === variable);
    return [found?.value, found?.source];
  };

  it('says where each comes from', () => {
    assert.deepEqual(of('RETENTION_DAYS'), ['30', 'file']);
    assert.deepEqual(of('HTTP_PORT'), ['4690', 'default']);
    assert.deepEqual(of('SMTP_FROM'), [null, 'none']);
  });

  it('shows no secret', () => {
    assert.deepEqual(of('STORE_URL'), ['postgres://agent:[secret]@db/bills', 'environment']);
    assert.deepEqual(of('M3TER_API_SECRET'), ['[secret]', 'environment']);
    assert.deepEqual(of('M3TER_API_KEY'), ['[secret]', 'environment']);
    assert.doesNotMatch(JSON.stringify(settings), /hush/);
  });

  it('shows none in whatever form a URL holds it', () => {
    const shown = (url: string) =>
      explainSettings({ STORE_URL: url }).settings.find(({ variable }) => variable === 'STORE_URL')?.value;
    assert.equal(shown('postgres://agent:hu@sh@db:5432/bills'), 'postgres://agent:[secret]@db:5432/bills');
    assert.equal(shown('postgres://:hush@db/bills'), 'postgres://:[secret]@db/bills');
    assert.equal(shown('postgres://db/bills?user=agent&password=hush'), 'postgres://db/bills?[secret]');
    assert.equal(shown('postgres://agent@db/bills'), 'postgres://agent@db/bills');
    assert.equal(shown('pglite:///var/lib/m3ter'), 'pglite:///var/lib/m3ter');
  });

  it('names the organization as missing, which everything needs that asks m3ter', () => {
    assert.deepEqual(explainSettings({}).problems, [
      'M3TER_ORG_ID is missing. Set it to the id of the m3ter organization.',
    ]);
    assert.deepEqual(explainSettings({ M3TER_ORG_ID: 'org' }).problems, []);
  });

  it('lists what is wrong', () => {
    assert.ok(problems.some((problem) => problem.startsWith('RECONCILE_HOUR is 99.')));
    assert.ok(problems.some((problem) => problem.startsWith('M3TER_API_KEY_FILE: ')));
    assert.ok(problems.some((problem) => problem.startsWith('M3TER_ORG_ID is missing')));
  });
});
