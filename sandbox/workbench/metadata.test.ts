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
const writeList = (object: string, name: string, content: string): void =>
  write(`objects/${object}/listViews/${name}.listView-meta.xml`, `<ListView ${META}>${content}</ListView>`);

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

  it('takes the list All of an object, else the first by name', () => {
    writeList('Thing__c', 'A_First', '<columns>NAME</columns><label>First</label>');
    writeList('Other__c', 'B', '<columns>NAME</columns><label>B</label>');
    writeList('Other__c', 'All', '<columns>NAME</columns><columns>Status__c</columns><label>All others</label>');
    const lists = readShellMetadata([dir]).lists.map(({ object, label, columns }) => [object, label, columns]);
    assert.deepEqual(lists.sort(), [
      ['Other__c', 'All others', ['NAME', 'Status__c']],
      ['Thing__c', 'First', ['NAME']],
    ]);
  });

  it('reads which values a list is filtered by, and an empty field as none', () => {
    const filter = (field: string, value: string): string =>
      `<filters><field>${field}</field><operation>equals</operation>${value}</filters>`;
    const filters = filter('Status__c', '<value>NEW,RUNNING</value>') + filter('Parent__c', '');
    writeList('Thing__c', 'All', `<columns>NAME</columns>${filters}<label>All</label>`);
    const list = readShellMetadata([dir]).lists.find(({ object }) => object === 'Thing__c');
    assert.deepEqual(list?.filters, [
      { field: 'Status__c', values: ['NEW', 'RUNNING'] },
      { field: 'Parent__c', values: [] },
    ]);
  });

  it('names the file of a filter that it cannot show', () => {
    const filters = '<filters><field>Age__c</field><operation>greaterThan</operation><value>1</value></filters>';
    writeList('Zeta__c', 'All', `<columns>NAME</columns>${filters}<label>All</label>`);
    assert.throws(() => readShellMetadata([dir]), /Zeta__c.*All\.listView-meta\.xml: .*"equals"/s);
  });
});
