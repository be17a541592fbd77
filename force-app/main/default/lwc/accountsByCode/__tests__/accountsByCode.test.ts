import '../../../../../../config/jest-mocks/labels';

const account = (Id: string, number: string | null, code: string | null, m3terAccountId: string | null = null) => ({
  node: {
    ...{ Id, Name: { value: Id }, number: { value: number }, code: { value: code } },
    m3terAccountId: { value: m3terAccountId },
  },
});

describe('Accounts that a m3ter account may be', () => {
  const find = async (id: string, code: string | null): Promise<string[]> => {
    const { suggestionsFor } = await import('c/accountsByCode');
    const edges = [account('number', 'atl-1', null), account('code', null, 'ATL-1'), account('id', null, null, 'm-1')];
    const data = { uiapi: { query: { accounts: { edges } } } };
    return suggestionsFor(data, id, code).map(({ name, because }) => `${name}: ${because}`);
  };

  it('are those with its id, then with its code, then with its code as Account Number, whatever the case', async () => {
    expect(await find('M-1', 'ATL-1')).toEqual([
      'id: same m3ter Account Id',
      'code: same m3ter Account Code',
      'number: same Account Number',
    ]);
  });

  it('are none for one without code that nobody has the id of', async () => {
    expect(await find('m-9', null)).toEqual([]);
  });

  it('are asked for by code, or by id, or for none', async () => {
    const { withCodes, withM3terId } = await import('c/accountsByCode');
    expect(withCodes(['a'])).toEqual({
      or: [{ AccountNumber: { in: ['a'] } }, { M3ter_Account_Code__c: { in: ['a'] } }],
    });
    expect(withM3terId(null)).toEqual({ M3ter_Account_Id__c: { eq: null } });
  });
});
