import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pseudoLanguages, pseudoText } from './pseudo.ts';

describe('pseudo-languages', () => {
  it('have longer texts with accents, in brackets, whose placeholders stay', () => {
    assert.equal(pseudoText('Only Bills of {0}'), '[Öñlý Bíllš öf {0}······]');
    assert.equal(pseudoText(''), '[]');
  });

  it('have a text for every label and tab, from left and from right', () => {
    const tabs = [{ apiName: 'M3ter_Bills', label: 'Bills', icon: 'standard:default' }];
    const shell = { app: { label: 'App', tabs, utilities: [] }, pages: [], layouts: [] };
    const languages = pseudoLanguages(new Map([['Hi', 'Hi']]), shell);
    assert.deepEqual([...languages.keys()], ['en-XA', 'ar-XB']);
    for (const words of languages.values()) {
      assert.deepEqual(words, { app: '[Åpp·]', labels: { Hi: '[Hí·]' }, tabs: { M3ter_Bills: '[Bíllš··]' } });
    }
  });
});
