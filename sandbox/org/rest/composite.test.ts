import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bill, billFields, startTestOrg } from '../testServer.ts';
import type { TestAnswer } from '../testServer.ts';

const client = await startTestOrg();
const BASE = '/services/data/v67.0';
const BILLS = `${BASE}/composite/sobjects/Bill__c/M3ter_Bill_Id__c`;
const LINES = `${BASE}/composite/sobjects/Bill_Line_Item__c/Line_Item_Key__c`;

interface Result {
  body: Array<Record<string, unknown>>;
  httpStatusCode: number;
  referenceId: string;
}

function upsertBills(referenceId: string, ...records: object[]): object {
  const typed = records.map((record) => ({ attributes: { type: 'Bill__c' }, ...record }));
  return { method: 'PATCH', url: BILLS, referenceId, body: { records: typed } };
}

function upsertLines(referenceId: string, ...records: object[]): object {
  const typed = records.map((record) => ({ attributes: { type: 'Bill_Line_Item__c' }, ...record }));
  return { method: 'PATCH', url: LINES, referenceId, body: { records: typed } };
}

function line(key: string, billId: string, more: object = {}): object {
  return { Line_Item_Key__c: key, Bill__r: { M3ter_Bill_Id__c: billId }, ...more };
}

async function composite(compositeRequest: object[], more: object = { allOrNone: true }): Promise<TestAnswer> {
  return client.send('POST', 'composite', { collateSubrequests: false, ...more, compositeRequest });
}

function resultsOf({ body }: TestAnswer): Result[] {
  return (body as { compositeResponse: Result[] }).compositeResponse;
}

function firstError({ body }: TestAnswer): string {
  const [error] = body as Array<{ errorCode: string; message: string }>;
  return `${error?.errorCode}: ${error?.message}`;
}

async function count(object: string, condition: string): Promise<number> {
  return (await client.query(`SELECT Id FROM ${object} WHERE ${condition}`)).length;
}

describe('composite', () => {
  it('writes Bills with their Line Items and deletes stale ones in one request', async () => {
    const first = await composite([
      upsertBills('bills', bill('k1', { Line_Item_Count__c: 2 })),
      upsertLines('lines', line('k1:1', 'k1', { Subtotal__c: 1.5 }), line('k1:2', 'k1')),
    ]);
    const [bills, lines] = resultsOf(first);
    assert.deepEqual([bills?.httpStatusCode, lines?.httpStatusCode], [200, 200]);
    assert.ok(lines?.body.every(({ success, created }) => success === true && created === true));
    const stale = String(lines?.body[1]?.['id']);
    const second = await composite([
      upsertBills('bills', bill('k1', { Line_Item_Count__c: 1 })),
      { method: 'DELETE', url: `${BASE}/composite/sobjects?ids=${stale}&allOrNone=true`, referenceId: 'stale' },
    ]);
    assert.ok(resultsOf(second).every(({ body }) => body.every(({ success }) => success === true)));
    const [written] = await client.query(
      "SELECT Line_Items_Written__c, Is_Complete__c FROM Bill__c WHERE M3ter_Bill_Id__c = 'k1'",
    );
    assert.deepEqual([written?.['Line_Items_Written__c'], written?.['Is_Complete__c']], [1, true]);
  });

  it('undoes everything when one record of a collection fails, and names only the culprit', async () => {
    const answer = await composite([
      upsertBills('bills', bill('r1')),
      upsertLines('lines', line('r1:1', 'r1'), line('r1:2', 'no such bill')),
      upsertLines('more', line('r1:3', 'r1')),
    ]);
    const [bills, lines, more] = resultsOf(answer);
    assert.equal(answer.status, 200);
    for (const halted of [bills, more]) {
      assert.equal(halted?.httpStatusCode, 400);
      assert.equal(halted?.body[0]?.['errorCode'], 'PROCESSING_HALTED');
    }
    const codes = lines?.body.map(({ errors }) => (errors as Array<{ statusCode: string }>)[0]?.statusCode);
    assert.deepEqual(codes, ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'INVALID_FIELD']);
    assert.equal(await count('Bill__c', "M3ter_Bill_Id__c = 'r1'"), 0);
  });

  it('keeps what succeeded without allOrNone and halts only what refers to the failure', async () => {
    const row = (id: string, referenceId: string, body: object) => ({
      method: 'PATCH',
      url: `${BASE}/sobjects/Bill__c/M3ter_Bill_Id__c/${id}`,
      referenceId,
      body,
    });
    const fields = billFields('x');
    const answer = await composite(
      [
        row('p1', 'good', fields),
        row('p2', 'bad', { ...fields, Sync_State__c: 'Nonsense' }),
        row('p3', 'child', { ...fields, Name: '@{bad.id}' }),
      ],
      { allOrNone: false },
    );
    const results = resultsOf(answer);
    assert.deepEqual(
      results.map(({ httpStatusCode }) => httpStatusCode),
      [201, 400, 400],
    );
    assert.equal(results[1]?.body[0]?.['errorCode'], 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    assert.equal(results[2]?.body[0]?.['errorCode'], 'PROCESSING_HALTED');
    assert.equal(await count('Bill__c', "M3ter_Bill_Id__c IN ('p1', 'p2', 'p3')"), 1);
  });

  it('takes values over from earlier answers, also out of lists and in URLs', async () => {
    const answer = await composite([
      upsertBills('bills', bill('f1', { Bill_Total__c: 10.25 })),
      { method: 'GET', url: `${BASE}/sobjects/Bill__c/@{bills[0].id}?fields=Bill_Total__c,Name`, referenceId: 'read' },
      upsertLines('lines', {
        Line_Item_Key__c: 'f1:1',
        Bill__c: '@{bills[0].id}',
        Subtotal__c: '@{read.Bill_Total__c}',
        Description__c: 'of @{read.Name}',
      }),
    ]);
    assert.ok(resultsOf(answer)[2]?.body[0]?.['success'], JSON.stringify(answer.body));
    const [found] = await client.query(
      "SELECT Subtotal__c, Description__c FROM Bill_Line_Item__c WHERE Bill__r.M3ter_Bill_Id__c = 'f1'",
    );
    assert.equal(String(found?.['Subtotal__c']), '10.25');
    assert.equal(found?.['Description__c'], 'of INV-f1');
  });

  it('refuses an older version by the validation rule', async () => {
    await composite([upsertBills('bills', bill('v1', { Source_Version__c: 5 }))]);
    const answer = await composite([upsertBills('bills', bill('v1', { Source_Version__c: 4 }))]);
    const [error] = resultsOf(answer)[0]?.body[0]?.['errors'] as Array<{ statusCode: string; message: string }>;
    assert.equal(error?.statusCode, 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
    assert.match(error?.message ?? '', /^STALE_VERSION/);
  });

  it('refuses the same external id twice in one collection', async () => {
    const answer = await composite([upsertBills('bills', bill('d1'), bill('D1'))], { allOrNone: false });
    const [first, second] = resultsOf(answer)[0]?.body ?? [];
    assert.equal(first?.['success'], true);
    assert.equal((second?.['errors'] as Array<{ statusCode: string }>)[0]?.statusCode, 'DUPLICATE_VALUE');
  });

  it('counts subrequests: 25 in all, 5 of collections and queries', async () => {
    const query = (n: number) => ({
      method: 'GET',
      url: `${BASE}/query?q=SELECT+Id+FROM+Bill__c`,
      referenceId: `q${n}`,
    });
    const list = (length: number) => Array.from({ length }, (_, n) => query(n));
    assert.equal((await composite(list(5))).status, 200);
    assert.match(
      firstError(await composite(list(6))),
      /^LIMIT_EXCEEDED: 6 subrequests are sObject Collections or query/,
    );
    const rows = Array.from({ length: 26 }, (_, n) => ({ method: 'GET', url: `${BASE}/limits`, referenceId: `r${n}` }));
    assert.match(firstError(await composite(rows)), /^LIMIT_EXCEEDED: 26 subrequests exceed the limit of 25/);
    assert.match(firstError(await composite([query(1), query(1)])), /^INVALID_INPUT: The referenceId q1 is used twice/);
    const nested = { method: 'POST', url: `${BASE}/composite/graph`, referenceId: 'g', body: {} };
    assert.match(firstError(await composite([nested])), /^INVALID_INPUT: Subrequest g/);
  });
});

interface GraphResult {
  graphId: string;
  isSuccessful: boolean;
  graphResponse: { compositeResponse: Result[] };
}

async function graphs(list: object[]): Promise<TestAnswer> {
  return client.send('POST', 'composite/graph', { graphs: list });
}

function billGraph(id: string, fields: Record<string, unknown> = {}): object {
  const lineUrl = `${BASE}/sobjects/Bill_Line_Item__c/Line_Item_Key__c/${id}%3A1`;
  return {
    graphId: id,
    compositeRequest: [
      { method: 'PATCH', url: lineUrl, referenceId: 'line', body: { Bill__c: '@{bill.id}' } },
      {
        method: 'PATCH',
        url: `${BASE}/sobjects/Bill__c/M3ter_Bill_Id__c/${id}`,
        referenceId: 'bill',
        body: billFields(id, fields),
      },
    ],
  };
}

describe('composite graph', () => {
  it('orders nodes by their references and keeps graphs apart', async () => {
    const answer = await graphs([billGraph('g1'), billGraph('g2', { Sync_State__c: 'Nonsense' }), billGraph('g3')]);
    const results = (answer.body as { graphs: GraphResult[] }).graphs;
    assert.deepEqual(
      results.map(({ graphId, isSuccessful }) => [graphId, isSuccessful]),
      [
        ['g1', true],
        ['g2', false],
        ['g3', true],
      ],
    );
    const codes = results[1]?.graphResponse.compositeResponse.map(({ body }) => body[0]?.['errorCode']);
    assert.deepEqual(codes, ['PROCESSING_HALTED', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST']);
    assert.equal(await count('Bill_Line_Item__c', "Line_Item_Key__c IN ('g1:1', 'g2:1', 'g3:1')"), 2);
  });

  it('halts the rest when more than 14 graphs have failed', async () => {
    const list = Array.from({ length: 17 }, (_, n) => billGraph(`h${n}`, { Sync_State__c: 'Nonsense' }));
    const results = ((await graphs(list)).body as { graphs: GraphResult[] }).graphs;
    const halted = results.filter(({ graphResponse }) =>
      graphResponse.compositeResponse.every(({ body }) => body[0]?.['errorCode'] === 'PROCESSING_HALTED'),
    );
    assert.deepEqual(
      halted.map(({ graphId }) => graphId),
      ['h15', 'h16'],
    );
  });

  it('takes only single rows, 500 nodes, 15 different ones, 75 graphs and a depth of 15', async () => {
    const node = (n: number, name = 'x') => ({
      method: 'POST',
      url: `${BASE}/sobjects/Account`,
      referenceId: `n${n}`,
      body: { Name: name },
    });
    const nodes = (length: number) => Array.from({ length }, (_, n) => node(n));
    const collection = { method: 'PATCH', url: BILLS, referenceId: 'c', body: {} };
    assert.match(
      firstError(await graphs([{ graphId: 'a', compositeRequest: [collection] }])),
      /^INVALID_INPUT: Node c/,
    );
    assert.match(firstError(await graphs([{ graphId: 'a', compositeRequest: nodes(501) }])), /^LIMIT_EXCEEDED/);
    const many = Array.from({ length: 76 }, (_, n) => ({ graphId: `${n}`, compositeRequest: [node(1)] }));
    assert.match(firstError(await graphs(many)), /^LIMIT_EXCEEDED: 76 graphs/);
    const chain = Array.from({ length: 16 }, (_, n) => node(n, n === 0 ? 'x' : `@{n${n - 1}.id}`));
    assert.match(
      firstError(await graphs([{ graphId: 'a', compositeRequest: chain }])),
      /^LIMIT_EXCEEDED: Graph a is 16/,
    );
    const different = Array.from({ length: 16 }, (_, n) => ({
      ...node(n),
      url: `/services/data/v${52 + n}.0/sobjects/Account`,
    }));
    assert.match(
      firstError(await graphs([{ graphId: 'a', compositeRequest: different }])),
      /^LIMIT_EXCEEDED: 16 different nodes/,
    );
  });
});

describe('composite batch and tree', () => {
  it('runs batch subrequests one by one and counts each', async () => {
    const before = Number(
      /=(\d+)/.exec((await client.send('GET', 'limits')).headers.get('sforce-limit-info') ?? '')?.[1],
    );
    const answer = await client.send('POST', 'composite/batch', {
      haltOnError: true,
      batchRequests: [
        { method: 'GET', url: 'v67.0/limits' },
        { method: 'GET', url: 'v67.0/sobjects/Nope__c' },
        { method: 'GET', url: 'v67.0/limits' },
      ],
    });
    const { hasErrors, results } = answer.body as { hasErrors: boolean; results: Array<{ statusCode: number }> };
    assert.deepEqual([hasErrors, results.map(({ statusCode }) => statusCode)], [true, [200, 404, 412]]);
    assert.match(answer.headers.get('sforce-limit-info') ?? '', new RegExp(`^api-usage=${before + 3}/`));
  });

  it('creates a tree of records all or none', async () => {
    const child = (n: number, key: string | null) => ({
      attributes: { type: 'Bill_Line_Item__c', referenceId: `l${n}` },
      Line_Item_Key__c: key,
    });
    const tree = (id: string, keys: Array<string | null>) => ({
      records: [
        {
          attributes: { type: 'Bill__c', referenceId: 'b' },
          ...bill(id),
          Line_Items__r: { records: keys.map((key, n) => child(n, key)) },
        },
      ],
    });
    const created = await client.send('POST', 'composite/tree/Bill__c', tree('t1', ['t1:1', 't1:2']));
    assert.deepEqual([created.status, (created.body as { results: object[] }).results.length], [201, 3]);
    const failed = await client.send('POST', 'composite/tree/Bill__c', tree('t2', ['t2:1', null]));
    const { hasErrors, results } = failed.body as { hasErrors: boolean; results: Array<{ referenceId: string }> };
    assert.deepEqual([failed.status, hasErrors, results.map(({ referenceId }) => referenceId)], [400, true, ['l1']]);
    assert.equal(await count('Bill__c', "M3ter_Bill_Id__c IN ('t1', 't2')"), 1);
  });
});
