import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectAs, newProjects, POLLING, startProjectsOrg } from './connect.ts';

const client = await startProjectsOrg();
const connection = connectAs(client);
const ORDER = { object: 'Project__c', operation: 'insert', ...POLLING } as const;
const DELIMITERS = { BACKQUOTE: '`', CARET: '^', COMMA: ',', PIPE: '|', SEMICOLON: ';', TAB: '\t' } as const;

const csv = (prefix: string, count: number): string =>
  ['Code__c,Name', ...newProjects(prefix, count).map(({ Code__c: code, Name: name }) => `${code},${name}`), ''].join(
    '\n',
  );

async function rowsOf(soql: string, options: object = {}): Promise<unknown[]> {
  const stream = await connection.bulk2.query(soql, { ...POLLING, ...options });
  return (await stream.toArray()) as unknown[];
}

describe('Bulk API 2.0 by jsforce, on objects that are nothing of the package’s', () => {
  it('loads objects, a CSV text, and nothing at all', async () => {
    const objects = await connection.bulk2.loadAndWaitForResults({ ...ORDER, input: newProjects('o', 3) });
    const text = await connection.bulk2.loadAndWaitForResults({ ...ORDER, input: csv('t', 3) });
    const header = await connection.bulk2.loadAndWaitForResults({ ...ORDER, input: 'Code__c,Name\n' });
    const counts = [objects, text, header].map(({ successfulResults, failedResults, unprocessedRecords }) =>
      [successfulResults, failedResults, unprocessedRecords].map((rows) => rows.length),
    );
    assert.deepEqual(counts, [
      [3, 0, 0],
      [3, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('runs several jobs at a time, each with its own rows', async () => {
    const prefixes = ['j', 'k', 'l', 'm'];
    const results = await Promise.all(
      prefixes.map((prefix) => connection.bulk2.loadAndWaitForResults({ ...ORDER, input: csv(prefix, 250) })),
    );
    for (const [index, { successfulResults }] of results.entries()) {
      assert.equal(successfulResults.length, 250);
      assert.ok(
        successfulResults.every((row) =>
          String((row as unknown as Record<string, string>)['Code__c']).startsWith(prefixes[index] ?? ''),
        ),
      );
    }
    assert.equal((await rowsOf("SELECT Id FROM Project__c WHERE Code__c LIKE 'j%'")).length, 250);
  });

  it('tells the rows that rules refuse, and why', async () => {
    const input =
      'Code__c,Name,Budget__c,Stage__c,Tags__c\nf1,Good,1,Draft,internal;urgent\nf2,Bad,-1,Draft,\nf3,Bad,1,Nope,\nf4,Bad,1,Draft,strange\n';
    const { successfulResults, failedResults } = await connection.bulk2.loadAndWaitForResults({ ...ORDER, input });
    assert.equal(successfulResults.length, 1);
    assert.deepEqual(
      failedResults.map(({ sf__Error: error }) => error.split(':')[0]),
      [
        'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      ],
    );
  });

  it('queries with every delimiter and line ending, deleted rows when it is asked to', async () => {
    const made = await connection.sobject('Project__c').create(newProjects('q', 2));
    await connection.sobject('Project__c').destroy(String(made[0]?.id));
    const soql = "SELECT Code__c, Name FROM Project__c WHERE Code__c LIKE 'q%' ORDER BY Code__c";
    for (const [columnDelimiter, delimiter] of Object.entries(DELIMITERS)) {
      for (const [lineEnding, end] of [
        ['LF', '\n'],
        ['CRLF', '\r\n'],
      ] as const) {
        const job = connection.bulk2.job('query', { id: await queryJob({ query: soql, columnDelimiter, lineEnding }) });
        await job.poll(POLLING.pollInterval, POLLING.pollTimeout);
        const text = await resultText(job.id);
        assert.equal(
          text,
          ['"Code__c"', '"Name"'].join(delimiter) + end + ['"q001"', '"Project q001"'].join(delimiter) + end,
        );
      }
    }
    assert.equal((await rowsOf(soql, { scanAll: true })).length, 2);
  });

  it('gives up a job that is aborted', async () => {
    const job = connection.bulk2.createJob({ object: 'Project__c', operation: 'insert' });
    await job.open();
    await job.uploadData(csv('a', 3));
    await job.abort();
    assert.equal((await job.check()).state, 'Aborted');
    await job.delete();
    await assert.rejects(job.check());
  });
});

async function queryJob(order: object): Promise<string> {
  const { id } = await connection.requestPost<{ id: string }>('/jobs/query', { operation: 'query', ...order });
  return id;
}

/** jsforce reads results of queries as CSV with commas only. */
async function resultText(id: string | undefined): Promise<string> {
  const answer = await fetch(`${client.org.instanceUrl}/services/data/v67.0/jobs/query/${id}/results`, {
    headers: { authorization: `Bearer ${client.tokenOf('admin')}` },
  });
  return await answer.text();
}
