import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameWords, suggestionsFor, type FreeAccount } from './accountSuggestions.ts';

const free = (accountId: string, name: string, accountNumber: string | null = null): FreeAccount => ({
  ...{ accountId, name, accountNumber },
});

describe('the words that tell a company from others', () => {
  const cases: Array<[name: string, words: string]> = [
    ['ACME, Inc.', 'acme'],
    ['Café Zürich GmbH & Co. KG', 'cafe zurich'],
    ['atlas-orion', 'atlas orion'],
    ['The Company Ltd', 'the company ltd'],
    ['株式会社', '株式会社'],
  ];
  for (const [name, words] of cases)
    it(`of ${name} are ${words}`, () => assert.equal(nameWords(name).join(' '), words));
});

describe('the Accounts that a m3ter Account may be', () => {
  const atlas = { code: 'ATL-1', name: 'Atlas Orion Ltd' };
  const ids = (of: typeof atlas, ...accounts: FreeAccount[]) =>
    suggestionsFor(of, accounts).map(({ accountId, because }) => `${accountId} ${because}`);

  it('are those with its code as their Account number first, then those of the same name', () => {
    const found = ids(atlas, free('b', 'Atlas Orion Inc.'), free('a', 'Something', 'atl-1'), free('c', 'Atlas'));
    assert.deepEqual(found, ['a accountNumber', 'b name']);
  });

  it('are also those whose name is its code', () => {
    assert.deepEqual(ids({ code: 'pioneer-apollo', name: 'P.A.' }, free('a', 'Pioneer Apollo')), ['a name']);
  });

  it('are three at most, each once', () => {
    const same = ['a', 'b', 'c', 'd'].map((id) => free(id, 'Atlas Orion', id === 'a' ? 'ATL-1' : null));
    assert.deepEqual(ids(atlas, ...same), ['a accountNumber', 'b name', 'c name']);
  });

  it('are none where nothing is known of it', () => {
    assert.deepEqual(suggestionsFor({ code: null, name: null }, [free('a', 'Atlas')]), []);
  });
});
