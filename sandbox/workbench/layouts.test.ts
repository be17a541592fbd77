import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readLayouts } from './layouts.ts';

const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const dir = mkdtempSync(path.join(os.tmpdir(), 'm3ter-layouts-'));

function write(file: string, xml: string): void {
  mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  writeFileSync(path.join(dir, file), xml);
}

describe('the layouts of an object', () => {
  after(() => rmSync(dir, { recursive: true }));

  it('say which fields stand under which heading, and which are the highlights', () => {
    const column = (...fields: string[]) =>
      `<layoutColumns>${fields.map((field) => `<layoutItems><field>${field}</field></layoutItems>`).join('')}</layoutColumns>`;
    write(
      'layouts/Thing__c-Thing Layout.layout-meta.xml',
      `<Layout ${META}><layoutSections><label>One</label>${column('Name', 'A__c')}${column('B__c')}</layoutSections>
       <layoutSections><label>Two</label>${column('C__c')}</layoutSections></Layout>`,
    );
    write(
      'objects/Thing__c/compactLayouts/Short.compactLayout-meta.xml',
      `<CompactLayout ${META}><fields>Name</fields><fields>B__c</fields></CompactLayout>`,
    );
    assert.deepEqual(readLayouts([dir]), [
      {
        object: 'Thing__c',
        sections: [
          { label: 'One', columns: [['Name', 'A__c'], ['B__c']] },
          { label: 'Two', columns: [['C__c']] },
        ],
        highlights: ['Name', 'B__c'],
      },
    ]);
  });

  it('are none without files', () => assert.deepEqual(readLayouts([path.join(dir, 'layouts/none')]), []));
});
