import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { suggestAccounts } from './suggestAccounts.ts';
import { fakeEngine, fakeOrg } from './testing.ts';

const BILLS = [
  { M3ter_Account_Id__c: 'm1', bills: 5 },
  { M3ter_Account_Id__c: 'gone', bills: 1 },
];
const ACCOUNTS = [
  { Id: '001000000000001AAA', Name: 'Café Zürich GmbH', AccountNumber: null },
  { Id: '001000000000002AAA', Name: 'Something else', AccountNumber: 'CZ-1' },
  { Id: '001000000000003AAA', Name: 'Café Zürich Holding', AccountNumber: null },
];

function scripted() {
  const asked: string[] = [];
  const org = fakeOrg();
  const request = (_method: string, path: string): Promise<unknown> => {
    const soql = decodeURIComponent(path.split('?q=')[1] ?? '');
    asked.push(soql);
    return Promise.resolve({ records: soql.includes('FROM Bill__c') ? BILLS : ACCOUNTS });
  };
  const engine = fakeEngine([{ ...org, connection: { ...org.connection, request } }]);
  engine.accounts = [{ id: 'm1', code: 'CZ-1', name: "Café Zürich (l'Original)" }];
  return { engine, asked };
}

describe('suggestions for m3ter Accounts whose Bills have no Account', () => {
  it('come with the name that m3ter has, the best Account first', async () => {
    const { engine } = scripted();
    engine.accounts = [{ id: 'm1', code: 'CZ-1', name: 'Cafe Zurich AG' }];
    const { unmatched } = await suggestAccounts(engine, {});
    const [first] = unmatched;
    assert.deepEqual([first?.m3terAccountId, first?.name, first?.bills], ['m1', 'Cafe Zurich AG', 5]);
    assert.deepEqual(
      first?.suggestions.map(({ name, because }) => `${name}: ${because}`),
      ['Something else: accountNumber', 'Café Zürich GmbH: name'],
    );
  });

  it('are none for an Account that m3ter does not have any more', async () => {
    const { unmatched } = await suggestAccounts(scripted().engine, { limit: 7 });
    assert.deepEqual(unmatched[1], { m3terAccountId: 'gone', code: null, name: null, bills: 1, suggestions: [] });
  });

  it('ask only for free Accounts, with quotes in names kept apart from the query', async () => {
    const { engine, asked } = scripted();
    engine.accounts = [{ id: 'm1', code: "O'Neil's", name: 'Café Zürich' }];
    await suggestAccounts(engine, { limit: 7 });
    assert.match(asked[0] ?? '', /GROUP BY M3ter_Account_Id__c ORDER BY COUNT\(Id\) DESC LIMIT 7$/);
    assert.match(asked[1] ?? '', /M3ter_Account_Id__c = null AND AccountNumber IN \('O\\'Neil\\'s'\)/);
    assert.match(asked[2] ?? '', /M3ter_Account_Id__c = null AND \(Name LIKE '%Café%' OR Name LIKE '%O%'\)/);
  });
});
