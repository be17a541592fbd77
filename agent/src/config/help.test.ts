import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settingsHelp } from './help.ts';
import { SECRETS, SETTINGS } from './settings.ts';

describe('the help on configuration', () => {
  const lines = settingsHelp().split('\n');

  it('has a line for every setting, which may stand in a file, and every secret, which may not', () => {
    for (const { variable } of Object.values(SETTINGS)) {
      assert.equal(lines.filter((line) => line.startsWith(`  ${variable} * `)).length, 1, variable);
    }
    for (const { variable } of Object.values(SECRETS)) {
      assert.equal(lines.filter((line) => line.startsWith(`  ${variable}   `)).length, 1, variable);
    }
  });

  it('tells the defaults', () => assert.match(settingsHelp(), /HTTP_PORT \* .*Default 4690/s));

  it('fits on a terminal of 120 columns', () => {
    for (const line of lines) assert.ok(line.length <= 120, line);
  });
});

describe('the names of the settings', () => {
  it('are those of the variables in another case', () => {
    for (const [name, { variable }] of Object.entries({ ...SETTINGS, ...SECRETS })) {
      assert.equal(name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(), variable);
    }
  });
});
