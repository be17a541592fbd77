import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fromUrl, toUrl } from './browser/platform/pageReference.ts';

describe('page references', () => {
  it("have Lightning's addresses, both ways", () => {
    const pages = [
      {
        path: '/lightning/r/Bill__c/a001/view',
        type: 'standard__recordPage',
        attributes: { objectApiName: 'Bill__c', recordId: 'a001', actionName: 'view' },
      },
      { path: '/lightning/n/M3ter_Bills', type: 'standard__navItemPage', attributes: { apiName: 'M3ter_Bills' } },
      {
        path: '/lightning/o/Account/list',
        type: 'standard__objectPage',
        attributes: { objectApiName: 'Account', actionName: 'list' },
      },
    ];
    for (const { path, type, attributes } of pages) {
      assert.equal(toUrl({ type, attributes }), path);
      assert.deepEqual(fromUrl(path), { type, attributes, state: {} });
    }
  });

  it('keep their state in the query', () => {
    const reference = { type: 'standard__navItemPage', attributes: { apiName: 'X' }, state: { c__status: 'A & B' } };
    const [path, query] = toUrl(reference).split('?');
    assert.deepEqual(fromUrl(path ?? '', query), reference);
  });

  it('may name a record by its id alone', () => {
    assert.equal(toUrl({ type: 'standard__recordPage', attributes: { recordId: 'a001' } }), '/lightning/r/a001/view');
    assert.deepEqual(fromUrl('/lightning/r/a001/view')?.attributes, { recordId: 'a001', actionName: 'view' });
  });

  it('are undefined for addresses of no page', () => {
    for (const path of ['/', '/lightning', '/lightning/n', '/lightning/x/y', '/other/n/M3ter_Bills']) {
      assert.equal(fromUrl(path), undefined);
    }
  });

  it('of an unknown type are refused by name', () => {
    assert.throws(() => toUrl({ type: 'standard__app', attributes: {} }), /standard__app/);
  });
});
