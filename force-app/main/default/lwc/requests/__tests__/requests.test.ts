import { createRecord } from 'lightning/uiRecordApi';
import { createRequest, isAnswered, requestState } from 'c/requests';

const data = (request: object, agents: object[] = []): any => ({
  uiapi: { query: { requests: { edges: [{ node: request }] }, agents: { edges: agents.map((node) => ({ node })) } } },
});

describe('c/requests', () => {
  it('writes what the agent is asked for, without what is not given', async () => {
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a09000000000001AAA' });
    const request = { type: 'CREATE_EXTERNAL_MAPPING', m3terAccountId: 'm-1', accountId: '001', billId: undefined };
    expect(await createRequest(request as any)).toBe('a09000000000001AAA');
    expect(createRecord).toHaveBeenCalledWith({
      apiName: 'Sync_Request__c',
      fields: { Type__c: 'CREATE_EXTERNAL_MAPPING', M3ter_Account_Id__c: 'm-1', Account__c: '001' },
    });
  });

  it('reads how far a request is, and when the agent was seen', () => {
    const request = {
      type: { value: 'SYNC_NOW', label: 'Sync now' },
      status: { value: 'DONE' },
      result: { value: 'ok' },
      resultData: { value: null },
    };
    const seen = '2026-11-22T11:00:00.000Z';
    expect(requestState(data(request, [{ lastSeen: { value: seen } }]))).toEqual({
      type: 'Sync now',
      status: 'DONE',
      result: 'ok',
      accounts: [],
      agentSeen: seen,
    });
    expect(requestState(data(request))?.agentSeen).toBeNull();
  });

  it('names the Accounts of an answer by name, else code, else id', () => {
    const accounts = [{ id: '1', code: null, name: 'Atlas' }, { id: '2', code: 'c-2', name: null }, { id: '3' }];
    const read = (value: string | null): string[] | undefined =>
      requestState(data({ type: {}, status: {}, result: {}, resultData: { value } }))?.accounts;
    expect(read(JSON.stringify({ accounts }))).toEqual(['Atlas', 'c-2', '3']);
    expect([read(null), read('null'), read('{'), read('{}')]).toEqual([[], [], [], []]);
  });

  it('takes a request as answered only when the agent has ended it', () => {
    expect((['NEW', 'RUNNING', 'DONE', 'FAILED'] as const).filter(isAnswered)).toEqual(['DONE', 'FAILED']);
  });
});
