import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readShellMetadata } from './metadata.ts';

const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const dir = mkdtempSync(path.join(os.tmpdir(), 'm3ter-metadata-'));

function write(file: string, xml: string): void {
  mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  writeFileSync(path.join(dir, file), xml);
}

describe('what the shell reads of the package', () => {
  after(() => rmSync(dir, { recursive: true }));
  write(
    'applications/a.app-meta.xml',
    `<CustomApplication ${META}><label>App</label><tabs>Thing__c</tabs><tabs>standard-report</tabs></CustomApplication>`,
  );
  write('tabs/Thing__c.tab-meta.xml', `<CustomTab ${META}><customObject>true</customObject></CustomTab>`);
  write(
    'objects/Thing__c/Thing__c.object-meta.xml',
    `<CustomObject ${META}><label>Thing</label><pluralLabel>Things</pluralLabel></CustomObject>`,
  );

  it('calls the tab of an object by its plural label, and leaves out what only the platform shows', () => {
    const { tabs } = readShellMetadata([dir]).app;
    assert.deepEqual(
      tabs.map(({ label, object }) => [label, object]),
      [['Things', 'Thing__c']],
    );
  });
});
