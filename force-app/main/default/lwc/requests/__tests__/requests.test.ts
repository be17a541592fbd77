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
      data: undefined,
      agentSeen: seen,
    });
    expect(requestState(data(request))?.agentSeen).toBeNull();
  });

  it('reads the data of an answer, and nothing where it is no JSON', () => {
    const read = (value: string | null): unknown =>
      requestState(data({ type: {}, status: {}, result: {}, resultData: { value } }))?.data;
    expect(read('{"accounts":[]}')).toEqual({ accounts: [] });
    expect([read(null), read('{')]).toEqual([undefined, undefined]);
  });

  it('takes a request as answered only when the agent has ended it', () => {
    expect((['NEW', 'RUNNING', 'DONE', 'FAILED'] as const).filter(isAnswered)).toEqual(['DONE', 'FAILED']);
  });
});
