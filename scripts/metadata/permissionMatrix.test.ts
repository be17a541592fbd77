import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { MATRIX_FILE, permissionMatrix } from './permissionMatrix.ts';
import { readSource } from './source.ts';
import type { MetadataFile } from './source.ts';

describe('the permission matrix', () => {
  it('in docs/permissions.md is what the permission sets grant', async () => {
    const wanted = await permissionMatrix(readSource());
    assert.equal(
      readFileSync(MATRIX_FILE, 'utf8'),
      wanted,
      'out of date: run "npm run permissions" and review the diff',
    );
  });

  it('tells objects, fields with their kinds, apps and tabs of each set', async () => {
    const metadata: MetadataFile[] = [
      field('Price__c', {}),
      field('Key__c', { required: ['true'] }),
      field('Sum__c', { type: ['Summary'] }),
      {
        file: 'permissionsets/Seller.permissionset-meta.xml',
        kind: 'permissionset',
        name: 'Seller',
        object: '',
        xml: {
          label: ['Seller'],
          description: ['Sells.'],
          objectPermissions: [
            { object: ['Deal__c'], allowRead: ['true'], allowEdit: ['true'], allowDelete: ['false'] },
          ],
          fieldPermissions: [
            { field: ['Deal__c.Price__c'], readable: ['true'], editable: ['false'] },
            { field: ['Deal__c.Sum__c'], readable: ['false'], editable: ['false'] },
          ],
          tabSettings: [{ tab: ['Deals'], visibility: ['Visible'] }],
        },
      },
    ];
    const page = (await permissionMatrix({ metadata, code: [] })).replaceAll(/ +/g, ' ');
    for (const line of [
      '| Seller | `Seller` | Sells. |',
      '| `Deal__c` | read, edit |',
      '| Tab `Deals` | yes |',
      '| `Price__c` | read |',
      '| `Key__c` (_with the object_) | edit |',
      '| `Sum__c` (_calculated_) | |',
    ]) {
      assert.ok(page.includes(line), `${line}\nis not in\n${page}`);
    }
  });
});

function field(name: string, xml: MetadataFile['xml']): MetadataFile {
  return { file: `${name}.field-meta.xml`, kind: 'field', name, object: 'Deal__c', xml };
}
