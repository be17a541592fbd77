import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { PACKAGE_SOURCES, PROJECTS_SOURCE } from '../fixtures/projects.ts';
import { bill, startTestOrg } from '../testServer.ts';
import { SfCommand } from './sfCommand.ts';
import { temporaryHome } from './sfHome.ts';

const client = await startTestOrg({ sourceDirs: [...PACKAGE_SOURCES, PROJECTS_SOURCE] });
const { org } = client;
const sf = new SfCommand(temporaryHome(), { SF_ACCESS_TOKEN: org.accessToken });
const TARGET = ['--target-org', 'admin'];

interface BulkResult {
  jobInfo: { state: string; numberRecordsProcessed: number; numberRecordsFailed: number };
  records: { successfulResults: Array<Record<string, string>>; failedResults: Array<Record<string, string>> };
}

const field = (name: string, records: Array<Record<string, unknown>>): unknown[] => records.map((one) => one[name]);
const codesLike = (pattern: string) =>
  client.query(`SELECT Code__c, Name FROM Project__c WHERE Code__c LIKE '${pattern}'`);

// One process takes over a second of a core: two at a time, and each test makes the most of every command.
describe('the sf command', { concurrency: 2 }, () => {
  before(async () => {
    const login = [
      'org',
      'login',
      'access-token',
      '--instance-url',
      org.instanceUrl,
      '--no-prompt',
      '--alias',
      'admin',
    ];
    const { username, orgId } = await sf.json<{ username: string; orgId: string }>(...login);
    assert.deepEqual([username, orgId], [org.username, org.orgId]);
  });

  it('signs in with a JWT, shows the org and lists it', async () => {
    const { clientId, username, privateKey } = org.jwt;
    sf.write('server.key', privateKey);
    const login = [
      'org',
      'login',
      'jwt',
      '--client-id',
      clientId,
      '--jwt-key-file',
      'server.key',
      '--username',
      username,
    ];
    await sf.json(...login, '--instance-url', org.instanceUrl, '--alias', 'agent');
    const shown = await sf.json<Record<string, unknown>>('org', 'display', '--target-org', 'agent');
    assert.deepEqual([shown['username'], shown['id'], shown['connectedStatus']], [username, org.orgId, 'Connected']);
    const { sandboxes } = await sf.json<{ sandboxes: Array<Record<string, unknown>> }>('org', 'list');
    assert.deepEqual(field('connectedStatus', sandboxes), ['Connected', 'Connected']);
    assert.deepEqual(field('username', sandboxes).toSorted(), [org.username, username].toSorted());
  });

  it('assigns a permission set, which gives its user the objects at once', async () => {
    const username = client.org.users.find(({ alias }) => alias === 'viewer')?.username ?? '';
    const statusOf = async () => (await client.send('GET', 'sobjects/Project__c', undefined, 'viewer')).status;
    assert.equal(await statusOf(), 404);
    await sf.json('org', 'assign', 'permset', '--name', 'Project_Worker', '--on-behalf-of', username, ...TARGET);
    assert.equal(await statusOf(), 200);
  });

  it('creates, gets, updates and deletes a record, and hears what rules say', async () => {
    const project = ['--sobject', 'Project__c', ...TARGET];
    const where = ['--where', "Code__c='R1' Stage__c='Draft'"];
    const values = "Code__c=R1 Name='The first' Budget__c=100.50 Tags__c='internal;urgent'";
    const { id } = await sf.json<{ id: string }>('data', 'create', 'record', ...project, '--values', values);
    const got = await sf.json<Record<string, unknown>>('data', 'get', 'record', ...project, '--record-id', id);
    assert.deepEqual(
      [got['Name'], got['Budget__c'], got['Remaining__c'], got['Title__c'], got['Tags__c']],
      ['The first', 100.5, 100.5, 'R1: The first', 'internal;urgent'],
    );
    const refused = await sf.anyJson('data', 'update', 'record', ...project, ...where, '--values', 'Budget__c=-1');
    assert.deepEqual(
      [refused.status, refused.name, refused.message],
      [1, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'The budget cannot be negative.'],
    );
    await sf.json('data', 'update', 'record', ...project, '--record-id', id, '--values', 'Budget__c=7');
    assert.deepEqual(
      field('Budget__c', await client.query("SELECT Budget__c FROM Project__c WHERE Code__c = 'R1'")),
      [7],
    );
    const deleted = await sf.run('data', 'delete', 'record', ...project, ...where);
    assert.equal(deleted.code, 0, deleted.stderr);
    assert.match(deleted.stdout, new RegExp(`Successfully deleted record: ${id}`));
    assert.deepEqual(await codesLike('R1'), []);
  });

  it('queries for people, as CSV and as JSON', async () => {
    await client.send('POST', 'composite/tree/Project__c', treeOf('Q1', 'Queried, "quoted"', 2), 'admin');
    const query = (soql: string, ...more: string[]) => sf.run('data', 'query', '--query', soql, ...TARGET, ...more);
    const [human, csv, json] = [
      await query(
        "SELECT Code__c, Account__r.Name, (SELECT Hours__c FROM Time_Entries__r) FROM Project__c WHERE Code__c = 'Q1'",
      ),
      await query(
        "SELECT Code__c, Name, Amount__c, Billable__c FROM Project__c WHERE Code__c = 'Q1'",
        '--result-format',
        'csv',
      ),
      await query(
        "SELECT Code__c, SUM(Hours__c) hours FROM Project__c WHERE Code__c = 'Q1' GROUP BY Code__c",
        '--result-format',
        'json',
      ),
    ];
    assert.match(human.stdout, /CODE__C.*ACCOUNT__R\.NAME.*TIME_ENTRIES__R\.HOURS__C/);
    assert.match(human.stdout, /Total number of records retrieved: 1\./);
    assert.match(csv.stdout, /Code__c,Name,Amount__c,Billable__c\nQ1,"Queried, ""quoted""",20,true\n/);
    const { records } = (JSON.parse(json.stdout.slice(json.stdout.indexOf('{'))) as { result: { records: object[] } })
      .result;
    assert.deepEqual(records, [{ attributes: { type: 'AggregateResult' }, Code__c: 'Q1', hours: 2 }]);
    const wrong = await query('SELECT Nope__c FROM Project__c');
    assert.equal(wrong.code, 1);
    assert.match(wrong.stdout + wrong.stderr, /No such column 'Nope__c' on entity 'Project__c'/);
  });

  it('imports and exports trees', async () => {
    sf.write('Project__c.json', JSON.stringify(treeOf('T1', 'Tree', 3)));
    const imported = await sf.json<object[]>('data', 'import', 'tree', '--files', 'Project__c.json', ...TARGET);
    assert.deepEqual(field('refId', imported as Array<Record<string, unknown>>), ['project', 'entry']);
    mkdirSync(path.join(sf.home, 'tree'));
    const soql = "SELECT Name, Code__c, (SELECT Hours__c FROM Time_Entries__r) FROM Project__c WHERE Code__c = 'T1'";
    await sf.json('data', 'export', 'tree', '--query', soql, '--plan', '--output-dir', 'tree', ...TARGET);
    assert.match(read('tree/Time_Entry__c.json'), /"Hours__c": 3,\s+"Project__c": "@Project__cRef1"/);
    await sf.json('data', 'delete', 'record', '--sobject', 'Project__c', '--where', 'Code__c=T1', ...TARGET);
    await sf.json('data', 'import', 'tree', '--plan', 'tree/Project__c-Time_Entry__c-plan.json', ...TARGET);
    const [project] = await client.query("SELECT Entry_Count__c, Hours__c FROM Project__c WHERE Code__c = 'T1'");
    assert.deepEqual([project?.['Entry_Count__c'], project?.['Hours__c']], [1, 3]);
  });

  it('inserts and updates in bulk, and tells which rows were refused', async () => {
    const project = ['--sobject', 'Project__c', '--wait', '2', ...TARGET];
    sf.write('new.csv', 'Code__c;Name;Budget__c\r\nB1;"Bulk; one";10.5\r\nB2;Two;-5\r\nB3;Three;7\r\n');
    const format = ['--line-ending', 'CRLF', '--column-delimiter', 'SEMICOLON'];
    const some = await sf.anyJson('data', 'import', 'bulk', '--file', 'new.csv', ...format, ...project);
    assert.match(String(some.message), /failed to process 1 record/);
    const { jobId } = some.data as { jobId: string };
    const results = await sf.json<{ failedRecords: number; failedFilePath: string }>(
      'data',
      'bulk',
      'results',
      '--job-id',
      jobId,
      ...TARGET,
    );
    assert.equal(results.failedRecords, 1);
    assert.match(
      read(results.failedFilePath),
      /"FIELD_CUSTOM_VALIDATION_EXCEPTION:The budget cannot be negative\.:Budget__c --"/,
    );
    const [first] = await client.query("SELECT Id FROM Project__c WHERE Code__c = 'B1'");
    sf.write('change.csv', `Id,Name\n${String(first?.['Id'])},Renamed\n`);
    const updated = await sf.json<Record<string, unknown>>(
      'data',
      'update',
      'bulk',
      '--file',
      'change.csv',
      ...project,
    );
    assert.deepEqual([updated['successfulRecords'], updated['failedRecords']], [1, 0]);
    assert.deepEqual(field('Name', await codesLike('B_')), ['Renamed', 'Three']);
  });

  it('upserts, exports and deletes in bulk', async () => {
    const wait = ['--wait', '2', ...TARGET];
    await client.send('POST', 'composite/tree/Project__c', treeOf('U1', 'There', 1), 'admin');
    sf.write('upsert.csv', 'Code__c,Name,Budget__c\nU1,Changed,11\nU2,New,12\n');
    const upsert = [
      'data',
      'upsert',
      'bulk',
      '--sobject',
      'Project__c',
      '--external-id',
      'Code__c',
      '--file',
      'upsert.csv',
    ];
    const { records } = await sf.json<BulkResult>(...upsert, ...wait);
    assert.deepEqual(field('sf__Created', records.successfulResults), ['false', 'true']);
    const soql = "SELECT Id, Name, Budget__c, Start__c FROM Project__c WHERE Code__c LIKE 'U_' ORDER BY Code__c";
    const out = ['--output-file', 'out.csv', '--result-format', 'csv'];
    const exported = await sf.json<{ totalSize: number }>('data', 'export', 'bulk', '--query', soql, ...out, ...wait);
    const [header, ...rows] = read('out.csv').trim().split('\n');
    assert.deepEqual([exported.totalSize, header], [2, '"Id","Name","Budget__c","Start__c"']);
    assert.match(rows.join(), /"Changed","11","\d{4}-\d{2}-\d{2}","a/);
    sf.write('delete.csv', `Id\n${rows.map((row) => row.slice(1, 19)).join('\n')}\n`);
    const { jobInfo } = await sf.json<BulkResult>(
      'data',
      'delete',
      'bulk',
      '--sobject',
      'Project__c',
      '--file',
      'delete.csv',
      ...wait,
    );
    assert.deepEqual([jobInfo.numberRecordsProcessed, jobInfo.numberRecordsFailed], [2, 0]);
    assert.deepEqual(await codesLike('U_'), []);
  });

  it('describes and lists objects, shows limits, and passes requests on', async () => {
    const names = await sf.json<string[]>('sobject', 'list', '--sobject', 'custom', ...TARGET);
    assert.ok(
      ['Bill__c', 'Project__c', 'Time_Entry__c'].every((name) => names.includes(name)),
      names.join(),
    );
    const described = await sf.json<{ fields: Array<{ name: string; calculated: boolean }> }>(
      'sobject',
      'describe',
      '--sobject',
      'Project__c',
      ...TARGET,
    );
    assert.equal(described.fields.find(({ name }) => name === 'Remaining__c')?.calculated, true);
    const limits = await sf.json<Array<{ name: string; max: number }>>('org', 'list', 'limits', ...TARGET);
    assert.equal(limits.find(({ name }) => name === 'DailyApiRequests')?.max, 100_000);
    const rest = await sf.run('api', 'request', 'rest', '/services/data/v67.0/sobjects/Project__c/describe', ...TARGET);
    assert.equal((JSON.parse(rest.stdout) as { keyPrefix: string }).keyPrefix.length, 3);
    await client.send('POST', 'sobjects/Bill__c', bill('graphql', { Bill_Total__c: 1234.5 }), 'admin');
    sf.write(
      'query.graphql',
      'query { uiapi { query { Bill__c { edges { node { Bill_Total__c { value displayValue } } } } } } }',
    );
    const graphql = await sf.run('api', 'request', 'graphql', '--body', 'query.graphql', ...TARGET);
    const { errors, data } = JSON.parse(graphql.stdout) as { errors: object[]; data: unknown };
    assert.deepEqual(errors, []);
    assert.match(JSON.stringify(data), /"Bill_Total__c":\{"value":1234\.5,"displayValue":"1,234\.5000"\}/);
  });
});

const read = (name: string): string => readFileSync(path.join(sf.home, name), 'utf8');

/** A project with one entry, as `sf data import tree` takes it. */
function treeOf(code: string, name: string, hours: number): object {
  const entry = { attributes: { type: 'Time_Entry__c', referenceId: 'entry' }, Hours__c: hours, Rate__c: 10 };
  const attributes = { type: 'Project__c', referenceId: 'project' };
  return { records: [{ attributes, Code__c: code, Name: name, Time_Entries__r: { records: [entry] } }] };
}
