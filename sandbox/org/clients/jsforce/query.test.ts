import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { connectAs, newProjects, POLLING, startProjectsOrg } from './connect.ts';

const client = await startProjectsOrg();
const connection = connectAs(client);
const projects = connection.sobject('Project__c');
const PROJECTS = 900;
await projects.create(newProjects('P', PROJECTS), { allowRecursive: true, allOrNone: true });
const SMALL_PAGES = { headers: { 'Sforce-Query-Options': 'batchSize=200' } };

describe('a query by jsforce', () => {
  it('is read page by page to its end', async () => {
    const soql = "SELECT Code__c FROM Project__c WHERE Code__c LIKE 'P%' ORDER BY Code__c";
    let page = await connection.query(soql, SMALL_PAGES);
    const codes: string[] = [];
    const sizes: number[] = [];
    for (;;) {
      codes.push(...page.records.map((record) => String(record['Code__c'])));
      sizes.push(page.records.length);
      assert.equal(page.totalSize, PROJECTS);
      if (page.done) break;
      page = await connection.queryMore(String(page.nextRecordsUrl));
    }
    assert.deepEqual(sizes, [200, 200, 200, 200, 100]);
    assert.deepEqual(
      codes,
      newProjects('P', PROJECTS).map(({ Code__c: code }) => code),
    );
    await assert.rejects(async () => await connection.queryMore('/services/data/v67.0/query/01g000000000000AAA-200'), {
      errorCode: 'INVALID_QUERY_LOCATOR',
    });
  });

  it('fetches all pages by itself, to where it is told, also as a stream', async () => {
    const all = connection.query("SELECT Id FROM Project__c WHERE Code__c LIKE 'P%'", {
      autoFetch: true,
      maxFetch: 5000,
      ...SMALL_PAGES,
    });
    assert.equal((await all).records.length, PROJECTS);
    const some = connection.query("SELECT Id FROM Project__c WHERE Code__c LIKE 'P%'", {
      autoFetch: true,
      maxFetch: 450,
      ...SMALL_PAGES,
    });
    assert.equal((await some).records.length, 450);
    const streamed: unknown[] = [];
    const query = connection.query("SELECT Code__c FROM Project__c WHERE Code__c LIKE 'P%'", {
      autoFetch: true,
      maxFetch: 5000,
      ...SMALL_PAGES,
    });
    query.on('record', (record: unknown) => streamed.push(record));
    await query;
    assert.equal(streamed.length, PROJECTS);
  });

  it('is written as CSV', async () => {
    const stream = connection
      .query("SELECT Code__c, Stage__c FROM Project__c WHERE Code__c < 'P003' ORDER BY Code__c")
      .stream('csv');
    assert.equal(await text(stream), 'Code__c,Stage__c\nP000,Draft\nP001,Draft\nP002,Draft\n');
  });

  it('is built from conditions, with children and a count', async () => {
    const [owner] = await projects
      .find({ Code__c: { $in: ['P001', 'P002'] }, Stage__c: { $ne: 'Closed' } }, 'Id, Code__c, CreatedBy.Username')
      .sort({ Code__c: -1 })
      .limit(1)
      .execute();
    assert.deepEqual(
      [owner?.['Code__c'], (owner?.['CreatedBy'] as { Username: string }).Username],
      ['P002', client.org.username],
    );
    await connection
      .sobject('Time_Entry__c')
      .create([1, 2].map((hours) => ({ Hours__c: hours, Project__c: String(owner?.Id) })));
    const [parent] = await projects
      .find({ Code__c: 'P002' }, 'Id')
      .include('Time_Entries__r')
      .select('Hours__c')
      .sort({ Hours__c: 1 })
      .end()
      .execute();
    const children = parent?.['Time_Entries__r'] as { records: Array<{ Hours__c: number }> };
    assert.deepEqual(
      children.records.map(({ Hours__c: hours }) => hours),
      [1, 2],
    );
    assert.equal(await projects.count({ Code__c: { $like: 'P%' } }), PROJECTS);
  });

  it('sees deleted records when it scans all', async () => {
    const [first] = await projects.create([{ Code__c: 'gone', Name: 'Gone' }]);
    await projects.destroy(String(first?.id));
    const soql = "SELECT Id, IsDeleted FROM Project__c WHERE Code__c = 'gone'";
    assert.equal((await connection.query(soql)).totalSize, 0);
    const { records } = await connection.query(soql, { scanAll: true });
    assert.deepEqual(
      records.map((record) => [record.Id, record['IsDeleted'] as unknown]),
      [[first?.id, true]],
    );
  });

  it('updates and destroys what it finds, row by row, in collections and in bulk', async () => {
    await projects.create(newProjects('U', 250), { allowRecursive: true });
    const all = { Code__c: { $like: 'U%' } };
    const some = { Code__c: { $like: 'U00%' } };
    const updated = await projects.find(some).update({ Name: 'Renamed' }, 'Project__c', { allowBulk: false });
    assert.equal(updated.filter(({ success }) => success).length, 10);
    const bulk = { bulkThreshold: 100, bulkApiVersion: 2 as const };
    Object.assign(connection.bulk2, POLLING);
    await projects.find(all).update({ Stage__c: 'Running' }, 'Project__c', bulk);
    assert.equal(await projects.count({ ...all, Stage__c: 'Running' }), 250);
    await projects.find(some).destroy('Project__c', { allowBulk: false });
    await projects.find(all).destroy('Project__c', bulk);
    assert.equal(await projects.count(all), 0);
  });

  it('is refused in the words of the org', async () => {
    const wrong: Array<[string, string]> = [
      ['SELECT Nope__c FROM Project__c', 'INVALID_FIELD'],
      ['SELECT Id FROM Nope__c', 'INVALID_TYPE'],
      ['SELECT FROM Project__c', 'MALFORMED_QUERY'],
    ];
    for (const [soql, errorCode] of wrong)
      await assert.rejects(async () => await connection.query(soql), { errorCode });
  });
});

describe('jsforce, beside queries,', () => {
  it('describes all objects and one', async () => {
    const { sobjects, maxBatchSize } = await connection.describeGlobal();
    assert.equal(maxBatchSize, 200);
    const project = sobjects.find(({ name }) => name === 'Project__c');
    assert.deepEqual([project?.custom, project?.labelPlural, project?.queryable], [true, 'Projects', true]);
    const described = await connection.describe$('Project__c');
    const field = (name: string) => described.fields.find((one) => one.name === name);
    assert.deepEqual(
      [field('Code__c')?.externalId, field('Code__c')?.unique, field('Code__c')?.nillable],
      [true, true, false],
    );
    assert.deepEqual([field('Remaining__c')?.calculated, field('Remaining__c')?.updateable], [true, false]);
    assert.deepEqual(field('Account__c')?.referenceTo, ['Account']);
    assert.deepEqual(described.childRelationships.map(({ relationshipName }) => relationshipName).toSorted(), [
      'Followers__r',
      'Time_Entries__r',
    ]);
  });

  it('finds out what was updated and deleted', async () => {
    const [start, end] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)];
    const { id } = await projects.create({ Code__c: 'recent', Name: 'Recent' });
    assert.ok((await projects.updated(start, end)).ids.includes(String(id)));
    await projects.destroy(String(id));
    assert.ok((await projects.deleted(start, end)).deletedRecords.some((record) => record.id === id));
  });
});
