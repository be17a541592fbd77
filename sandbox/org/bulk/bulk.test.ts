import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Connection } from 'jsforce';
import { bill, startTestOrg } from '../testServer.ts';

const client = await startTestOrg();
const POLLING = { pollInterval: 5, pollTimeout: 60_000 };
const COLUMNS = [
  'M3ter_Bill_Id__c',
  'Name',
  'Source_Version__c',
  'Line_Item_Count__c',
  'Sync_State__c',
  'Currency_Code__c',
];

function connect(alias: 'agent' | 'admin' | 'finance' = 'agent'): Connection {
  return new Connection({
    instanceUrl: client.org.instanceUrl,
    accessToken: client.tokenOf(alias),
    version: '67.0',
  });
}

/** Bills as CSV with some columns more. */
function billCsv(ids: string[], more: Record<string, string> = {}, delimiter = ',', lineEnd = '\n'): string {
  const lines = ids.map((id) => ({ ...bill(id), ...more }));
  const columns = [...COLUMNS, ...Object.keys(more)];
  const rows = [columns, ...lines.map((line) => columns.map((name) => String(line[name])))];
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + lineEnd).join('');
}

const upsert = { object: 'Bill__c', operation: 'upsert', externalIdFieldName: 'M3ter_Bill_Id__c' } as const;

async function send(method: string, path: string, body?: string, type = 'application/json'): Promise<Response> {
  return await fetch(`${client.org.instanceUrl}/services/data/v67.0/jobs/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${client.tokenOf('agent')}`,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  });
}

async function openJob(order: object = upsert): Promise<{ id: string; contentUrl: string; state: string }> {
  const response = await send('POST', 'ingest', JSON.stringify(order));
  assert.equal(response.status, 200);
  return (await response.json()) as { id: string; contentUrl: string; state: string };
}

async function errorOf(response: Response): Promise<string> {
  const [error] = (await response.json()) as Array<{ errorCode: string; message: string }>;
  return `${response.status} ${error?.errorCode}: ${error?.message}`;
}

async function finished(id: string): Promise<Record<string, unknown>> {
  for (;;) {
    const info = (await (await send('GET', `ingest/${id}`)).json()) as Record<string, unknown>;
    if (['JobComplete', 'Failed', 'Aborted'].includes(String(info['state']))) return info;
  }
}

async function load(order: object, data: string): Promise<Record<string, unknown>> {
  const { id } = await openJob(order);
  assert.equal((await send('PUT', `ingest/${id}/batches`, data, 'text/csv')).status, 201);
  assert.equal((await send('PATCH', `ingest/${id}`, '{"state":"UploadComplete"}')).status, 200);
  return await finished(id);
}

describe('a Bulk API 2.0 ingest job, by jsforce', () => {
  const delimiters = { BACKQUOTE: '`', CARET: '^', COMMA: ',', PIPE: '|', SEMICOLON: ';', TAB: '\t' } as const;
  for (const [columnDelimiter, delimiter] of Object.entries(delimiters)) {
    it(`takes columns divided by ${columnDelimiter} and lines that end with LF or CRLF`, async () => {
      for (const [lineEnding, lineEnd] of [
        ['LF', '\n'],
        ['CRLF', '\r\n'],
      ] as const) {
        const input = billCsv(
          [`${columnDelimiter}-${lineEnding}`],
          { Purchase_Order_Number__c: `a${delimiter}"b"` },
          delimiter,
          lineEnd,
        );
        const order = { ...upsert, columnDelimiter: columnDelimiter as 'COMMA', lineEnding };
        const results = await connect().bulk2.loadAndWaitForResults({ ...order, ...POLLING, input });
        assert.equal(results.successfulResults.length, 1);
        assert.equal(results.successfulResults[0]?.sf__Created, 'true');
        const [found] = await client.query(
          `SELECT Purchase_Order_Number__c FROM Bill__c WHERE M3ter_Bill_Id__c = '${columnDelimiter}-${lineEnding}'`,
        );
        assert.equal(found?.['Purchase_Order_Number__c'], `a${delimiter}"b"`);
      }
    });
  }

  it('saves the rows that it can, names the trouble of the others, and creates none twice', async () => {
    const input = `${billCsv(['one', 'two', 'one'])}three,INV-3,x,0,Complete,USD\n`;
    const results = await connect().bulk2.loadAndWaitForResults({ ...upsert, ...POLLING, input });
    assert.deepEqual(
      results.successfulResults.map((row) => [
        (row as unknown as Record<string, string>)['M3ter_Bill_Id__c'],
        row.sf__Created,
      ]),
      [
        ['one', 'true'],
        ['two', 'true'],
      ],
    );
    assert.deepEqual(
      results.failedResults.map(({ sf__Error: error }) => /^[A-Z_]+/.exec(error)?.[0]),
      ['DUPLICATE_VALUE', 'INVALID_TYPE_ON_FIELD_IN_RECORD'],
    );
    const again = await connect().bulk2.loadAndWaitForResults({ ...upsert, ...POLLING, input: billCsv(['one']) });
    assert.equal(again.successfulResults[0]?.sf__Created, 'false');
    assert.equal(again.successfulResults[0]?.sf__Id, results.successfulResults[0]?.sf__Id);
  });

  it('finds parents by their external ids, leaves what is empty and empties what is #N/A', async () => {
    const lines = [
      'Line_Item_Key__c,Bill__r.M3ter_Bill_Id__c,Position__c,Line_Item_Type__c,Currency_Code__c',
      'one-1,one,1,STANDING_CHARGE,USD',
      'one-2,none,2,STANDING_CHARGE,USD',
    ];
    const input = `${lines.join('\n')}\n`;
    const order = {
      object: 'Bill_Line_Item__c',
      operation: 'upsert',
      externalIdFieldName: 'Line_Item_Key__c',
    } as const;
    const results = await connect().bulk2.loadAndWaitForResults({ ...order, ...POLLING, input });
    assert.equal(results.successfulResults.length, 1);
    assert.match(results.failedResults[0]?.sf__Error ?? '', /^INVALID_FIELD:Foreign key external ID: none not found/);

    await load(upsert, billCsv(['kept'], { Purchase_Order_Number__c: 'PO-1', External_Invoice_Reference__c: 'R-1' }));
    await load(upsert, billCsv(['kept'], { Purchase_Order_Number__c: '', External_Invoice_Reference__c: '#N/A' }));
    const [found] = await client.query(
      "SELECT Purchase_Order_Number__c, External_Invoice_Reference__c FROM Bill__c WHERE M3ter_Bill_Id__c = 'kept'",
    );
    assert.deepEqual([found?.['Purchase_Order_Number__c'], found?.['External_Invoice_Reference__c']], ['PO-1', null]);
  });

  it('updates and deletes by id, under the rights of the user', async () => {
    const [found] = await client.query("SELECT Id FROM Bill__c WHERE M3ter_Bill_Id__c = 'two'");
    const id = String(found?.['Id']);
    const input = `Id,Status__c\n${id},APPROVED\n`;
    const options = { object: 'Bill__c', ...POLLING };
    await connect().bulk2.loadAndWaitForResults({ ...options, operation: 'update', input });
    const [changed] = await client.query(`SELECT Status__c FROM Bill__c WHERE Id = '${id}'`);
    assert.equal(changed?.['Status__c'], 'APPROVED');
    const refused = await connect('finance').bulk2.loadAndWaitForResults({ ...options, operation: 'update', input });
    assert.match(refused.failedResults[0]?.sf__Error ?? '', /^INSUFFICIENT_ACCESS_OR_READONLY:/);
    await connect('admin').bulk2.loadAndWaitForResults({ ...options, operation: 'delete', input: `Id\n${id}\n` });
    assert.deepEqual(await client.query(`SELECT Id FROM Bill__c WHERE Id = '${id}'`), []);
  });
});

describe('the states of an ingest job', () => {
  it('go from Open to JobComplete, in steps between which the org answers', async () => {
    const { id, state, contentUrl } = await openJob();
    assert.equal(state, 'Open');
    assert.equal(contentUrl, `services/data/v67.0/jobs/ingest/${id}/batches`);
    const ids = Array.from({ length: 450 }, (_, index) => `many-${index}`);
    await send('PUT', `ingest/${id}/batches`, billCsv(ids), 'text/csv');
    const closed = (await (await send('PATCH', `ingest/${id}`, '{"state":"UploadComplete"}')).json()) as {
      state: string;
    };
    assert.equal(closed.state, 'UploadComplete');
    const info = await finished(id);
    assert.deepEqual(
      [info['state'], info['numberRecordsProcessed'], info['numberRecordsFailed'], info['jobType']],
      ['JobComplete', 450, 0, 'V2Ingest'],
    );
    assert.equal((await send('DELETE', `ingest/${id}`)).status, 204);
    assert.equal((await send('GET', `ingest/${id}`)).status, 404);
  });

  it('end with Failed for a column that the object has not, and every row is unprocessed', async () => {
    const data = billCsv(['failed'], { Nothing__c: 'x' });
    const info = await load(upsert, data);
    assert.deepEqual(
      [info['state'], info['errorMessage']],
      ['Failed', 'InvalidBatch : Field name not found : Nothing__c'],
    );
    const left = await (await send('GET', `ingest/${String(info['id'])}/unprocessedrecords`)).text();
    assert.equal(left, data);
  });

  it('end with Failed for lines that end otherwise than the job said', async () => {
    const info = await load(upsert, billCsv(['crlf'], {}, ',', '\r\n'));
    assert.equal(
      info['errorMessage'],
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
    );
  });

  it('take data once only, and only while the job is open', async () => {
    const { id } = await openJob();
    await send('PUT', `ingest/${id}/batches`, billCsv(['a']), 'text/csv');
    assert.match(
      await errorOf(await send('PUT', `ingest/${id}/batches`, billCsv(['a']), 'text/csv')),
      /^400 CLIENTINPUTERROR/,
    );
    assert.equal((await send('PATCH', `ingest/${id}`, '{"state":"Aborted"}')).status, 200);
    assert.match(
      await errorOf(await send('PUT', `ingest/${id}/batches`, billCsv(['a']), 'text/csv')),
      /^400 INVALIDJOBSTATE/,
    );
  });

  it('are those of empty data as well: nothing is processed', async () => {
    const info = await load(upsert, '');
    assert.deepEqual([info['state'], info['numberRecordsProcessed']], ['JobComplete', 0]);
  });
});

describe('an order for a job', () => {
  it('is refused by name for an object, an operation or an external id that there is not', async () => {
    const refusal = async (order: object): Promise<string> =>
      errorOf(await send('POST', 'ingest', JSON.stringify(order)));
    assert.match(await refusal({ ...upsert, object: 'Nothing__c' }), /^400 INVALIDENTITY: .*Nothing__c/);
    assert.match(await refusal({ ...upsert, operation: 'merge' }), /^400 INVALIDJOB: .*merge/);
    assert.match(await refusal({ ...upsert, operation: 'hardDelete' }), /^400 FEATURENOTENABLED/);
    assert.match(await refusal({ ...upsert, externalIdFieldName: 'Name' }), /^400 INVALIDJOB: .*Name/);
    assert.match(await refusal({ ...upsert, columnDelimiter: 'DOT' }), /^400 INVALIDJOB: .*DOT/);
  });

  it("is nobody else's to see", async () => {
    const { id } = await openJob();
    const { status } = await client.send('GET', `jobs/ingest/${id}`, undefined, 'finance');
    assert.equal(status, 404);
  });
});

describe('a Bulk API 2.0 query job', () => {
  it('gives all rows page by page, with parents and exact values', async () => {
    await load(upsert, billCsv(['exact'], { Bill_Total__c: '12345678901234.5678' }));
    const stream = await connect().bulk2.query(
      'SELECT M3ter_Bill_Id__c, Bill_Total__c, CreatedBy.Name FROM Bill__c',
      POLLING,
    );
    const rows = (await stream.toArray()) as Array<Record<string, string>>;
    const [{ total }] = (await client.query('SELECT COUNT(Id) total FROM Bill__c')) as [{ total: number }];
    assert.equal(rows.length, total);
    const exact = rows.find((row) => row['M3ter_Bill_Id__c'] === 'exact');
    assert.deepEqual(
      [exact?.['Bill_Total__c'], exact?.['CreatedBy.Name']],
      ['12345678901234.5678', 'm3ter Sync Agent'],
    );
  });

  it('is read in pages of the size that the client wants', async () => {
    const created = await send(
      'POST',
      'query',
      JSON.stringify({ operation: 'query', query: 'SELECT Id FROM Bill__c LIMIT 5' }),
    );
    const { id } = (await created.json()) as { id: string };
    let state = '';
    while (state !== 'JobComplete')
      state = ((await (await send('GET', `query/${id}`)).json()) as { state: string }).state;
    const rows: string[] = [];
    for (let locator = ''; locator !== 'null';) {
      const page = await send('GET', `query/${id}/results?maxRecords=2${locator && `&locator=${locator}`}`);
      locator = page.headers.get('sforce-locator') ?? 'null';
      const [, ...lines] = (await page.text()).trimEnd().split('\n');
      assert.equal(page.headers.get('sforce-numberofrecords'), String(lines.length));
      rows.push(...lines);
    }
    assert.equal(new Set(rows).size, 5);
  });

  it('is refused for aggregates and for queries that are wrong', async () => {
    const ask = async (query: string): Promise<string> =>
      errorOf(await send('POST', 'query', JSON.stringify({ operation: 'query', query })));
    assert.match(await ask('SELECT COUNT(Id) FROM Bill__c'), /^400 FEATURENOTENABLED/);
    assert.match(await ask('SELECT Nothing__c FROM Bill__c'), /^400 INVALID_FIELD/);
  });
});
