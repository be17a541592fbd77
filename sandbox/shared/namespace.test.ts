import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { checkNamespace, inNamespace, openSources, writeNamespaced } from './namespace.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'm3ter-namespace-'));
after(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}
write('package/objects/Bill__c/Bill__c.object-meta.xml', '<CustomObject><label>Bill</label></CustomObject>');
write(
  'package/objects/Bill__c/fields/Account__c.field-meta.xml',
  '<CustomField><fullName>Account__c</fullName><relationshipName>Bills</relationshipName></CustomField>',
);
write(
  'package/objects/Bill__c/fields/Total__c.field-meta.xml',
  '<CustomField><fullName>Total__c</fullName></CustomField>',
);
write('package/tabs/Bills_Home.tab-meta.xml', '<CustomTab></CustomTab>');
write(
  'package/applications/A.app-meta.xml',
  '<CustomApplication><tabs>Bills_Home</tabs><tabs>Bill__c</tabs><tabs>standard-Account</tabs></CustomApplication>',
);
write(
  'package/lwc/list/list.ts',
  [
    "import BILL from '@salesforce/schema/Bill__c';",
    "import TOTAL from '@salesforce/schema/Bill__c.Total__c';",
    'const QUERY = gql`query ($where: Bill__c_Filter) { Bill__c { Total__c { value } Account__r { Name } } }`;',
    "const PREFIX = BILL.objectApiName.replace(/Bill__c$/, '');",
  ].join('\n'),
);
write(
  'org/permissionsets/Read.permissionset-meta.xml',
  '<PermissionSet><field>Bill__c.Total__c</field><field>Bill__c.Region__c</field></PermissionSet>',
);
write(
  'org/objects/Bill__c/fields/Region__c.field-meta.xml',
  '<CustomField><fullName>Region__c</fullName></CustomField>',
);

describe('sources of an installed package', () => {
  const copy = mkdtempSync(path.join(root, 'copy-'));
  const [own = '', other = ''] = writeNamespaced(
    ['package', 'org'].map((name) => path.join(root, name)),
    'ns',
    copy,
  );
  const read = (dir: string, file: string): string => readFileSync(path.join(dir, file), 'utf8');

  it('carry the namespace in the names of objects, fields and relationships, in files and in their content', () => {
    const field = read(own, 'objects/ns__Bill__c/fields/ns__Account__c.field-meta.xml');
    assert.match(field, /<fullName>ns__Account__c<.*<relationshipName>ns__Bills</);
  });

  it('carry it in tabs, except those of the platform', () => {
    assert.match(read(own, 'tabs/ns__Bills_Home.tab-meta.xml'), /CustomTab/);
    assert.match(
      read(own, 'applications/A.app-meta.xml'),
      /<tabs>ns__Bills_Home<\/tabs><tabs>ns__Bill__c<\/tabs><tabs>standard-Account</,
    );
  });

  it('carry it in schema imports and GraphQL texts of components, and in nothing else of their code', () => {
    assert.deepEqual(read(own, 'lwc/list/list.ts').split('\n'), [
      "import BILL from '@salesforce/schema/ns__Bill__c';",
      "import TOTAL from '@salesforce/schema/ns__Bill__c.ns__Total__c';",
      'const QUERY = gql`query ($where: ns__Bill__c_Filter) { ns__Bill__c { ns__Total__c { value } ns__Account__r { Name } } }`;',
      "const PREFIX = BILL.objectApiName.replace(/Bill__c$/, '');",
    ]);
  });

  it('are named by other folders with the namespace, which keep their own names', () => {
    assert.match(
      read(other, 'permissionsets/Read.permissionset-meta.xml'),
      /<field>ns__Bill__c\.ns__Total__c<.*<field>ns__Bill__c\.Region__c</,
    );
    assert.match(read(other, 'objects/ns__Bill__c/fields/Region__c.field-meta.xml'), /<fullName>Region__c</);
  });

  it('are the folders themselves without a namespace', () => {
    assert.deepEqual(openSources(['a', 'b'], undefined).dirs, ['a', 'b']);
  });
});

describe('a namespace', () => {
  it('goes before every custom name of a query', () => {
    const soql = 'SELECT Id, Account__r.Name FROM Bill__c WHERE Total__c > 1';
    assert.equal(inNamespace(soql, 'ns'), 'SELECT Id, ns__Account__r.Name FROM ns__Bill__c WHERE ns__Total__c > 1');
    assert.equal(inNamespace(soql, undefined), soql);
  });

  for (const wrong of ['', '1st', 'two__underscores', 'ends_', 'sixteen_letters_', 'with-dash']) {
    it(`is not "${wrong}"`, () => assert.throws(() => checkNamespace(wrong), /is no namespace. Give 1 to 15 letters/));
  }
});
