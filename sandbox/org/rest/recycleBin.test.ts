import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Connection } from 'jsforce';
import { bill, startTestOrg } from '../testServer.ts';

const client = await startTestOrg();
const connection = new Connection({
  instanceUrl: client.org.instanceUrl,
  accessToken: client.tokenOf('admin'),
  version: '67.0',
});

async function add(id: string, lines: number): Promise<string> {
  const { body } = await client.send('POST', 'sobjects/Bill__c', bill(id, { Line_Item_Count__c: lines }));
  const { id: recordId } = body as { id: string };
  for (let position = 1; position <= lines; position += 1) {
    await client.send('POST', 'sobjects/Bill_Line_Item__c', {
      Bill__c: recordId,
      Line_Item_Key__c: `${id}-${position}`,
      Position__c: position,
      Line_Item_Type__c: 'STANDING_CHARGE',
      Currency_Code__c: 'USD',
    });
  }
  return recordId;
}

const remove = async (id: string): Promise<void> => {
  assert.equal((await client.send('DELETE', `sobjects/Bill__c/${id}`, undefined, 'admin')).status, 204);
};

async function undelete(...ids: string[]): Promise<Array<{ success: boolean; errors: Array<{ statusCode: string }> }>> {
  const { body } = await client.send('POST', '/sandbox/undelete', { ids });
  return body as Array<{ success: boolean; errors: Array<{ statusCode: string }> }>;
}

describe('a deleted record', () => {
  it('is found by queryAll only, with the details that went with it and the parent that they had', async () => {
    const id = await add('gone', 2);
    await remove(id);
    const soql = `SELECT Name, IsDeleted, Bill__r.Name FROM Bill_Line_Item__c WHERE Bill__c = '${id}'`;
    assert.equal((await connection.query(soql)).totalSize, 0);
    const { records } = await connection.query<Record<string, unknown>>(soql, { scanAll: true });
    assert.deepEqual(
      records.map((record) => [record['IsDeleted'], (record['Bill__r'] as { Name: string }).Name] as const),
      [
        [true, 'INV-gone'],
        [true, 'INV-gone'],
      ],
    );
    const counted = await connection.query<{ n: number }>(
      `SELECT COUNT(Id) n FROM Bill__c WHERE Id = '${id}' AND IsDeleted = true`,
      { scanAll: true },
    );
    assert.equal(counted.records[0]?.n, 1);
  });

  it('leaves its unique values to others', async () => {
    await remove(await add('again', 0));
    assert.notEqual(await add('again', 0), undefined);
    assert.equal((await client.query("SELECT Id FROM Bill__c WHERE M3ter_Bill_Id__c = 'again'")).length, 1);
  });

  it('is listed among those deleted in a span of time, and not among those changed', async () => {
    const id = await add('listed', 0);
    const kept = await add('kept', 0);
    await remove(id);
    const start = new Date(Date.now() - 60_000);
    const end = new Date(Date.now() + 60_000);
    const { deletedRecords } = await connection.sobject('Bill__c').deleted(start, end);
    assert.ok(deletedRecords.some((record) => record.id === id));
    const { ids } = await connection.sobject('Bill__c').updated(start, end);
    assert.deepEqual([ids.includes(id), ids.includes(kept)], [false, true]);
    await assert.rejects(async () => connection.sobject('Bill__c').deleted(end, start), {
      errorCode: 'INVALID_REPLICATION_DATE',
    });
  });

  it('comes back with its details and what is counted of them', async () => {
    const id = await add('back', 3);
    await remove(id);
    assert.deepEqual(
      (await undelete(id)).map(({ success }) => success),
      [true],
    );
    const [found] = await client.query(`SELECT IsDeleted, Line_Items_Written__c FROM Bill__c WHERE Id = '${id}'`);
    assert.deepEqual([found?.['IsDeleted'], Number(found?.['Line_Items_Written__c'])], [false, 3]);
    assert.deepEqual((await undelete(id))[0]?.errors[0]?.statusCode, 'UNDELETE_FAILED');
  });

  it('does not come back beside another record with its unique value', async () => {
    const id = await add('twice', 0);
    await remove(id);
    await add('twice', 0);
    assert.deepEqual((await undelete(id))[0]?.errors[0]?.statusCode, 'DUPLICATE_VALUE');
  });
});
