import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SaveResult } from 'jsforce';
import { connectAs, newProjects, startProjectsOrg } from './connect.ts';

const client = await startProjectsOrg();
const connection = connectAs(client);
const projects = connection.sobject('Project__c');

const codesOf = (results: SaveResult[]): string[] =>
  results.map((result) => (result.success ? 'ok' : ((result.errors[0] as { statusCode?: string }).statusCode ?? '?')));
const idsOf = (results: SaveResult[]): string[] => results.map(({ id }) => String(id));
const count = async (pattern: string): Promise<number> =>
  (await connection.query(`SELECT Id FROM Project__c WHERE Code__c LIKE '${pattern}'`)).totalSize;

describe('jsforce with one record', () => {
  it('creates, retrieves, updates, upserts and destroys it', async () => {
    const { id } = await projects.create({ Code__c: 'one', Name: 'One', Budget__c: 12.345 });
    const read = await projects.retrieve(String(id));
    assert.deepEqual(
      [read['Budget__c'], read['Stage__c'], read['Billable__c'], read['Title__c']],
      [12.35, 'Draft', true, 'one: One'],
    );
    await projects.update({ Id: String(id), Stage__c: 'Running' });
    const changed = await projects.upsert({ Code__c: 'one', Name: 'Again' }, 'Code__c');
    const made = await projects.upsert({ Code__c: 'two', Name: 'Two' }, 'Code__c');
    assert.deepEqual([changed.id, made.success], [id, true]);
    assert.equal((await projects.destroy(String(id))).success, true);
    await assert.rejects(projects.retrieve(String(id)), { errorCode: 'NOT_FOUND' });
    await assert.rejects(projects.destroy(String(id)), { errorCode: 'ENTITY_IS_DELETED' });
  });

  it('is refused with the code, the message and the fields of what is wrong', async () => {
    const wrong: Array<[Record<string, unknown>, string, string[]]> = [
      [{ Name: 'No code' }, 'REQUIRED_FIELD_MISSING', ['Code__c']],
      [{ Code__c: 'w', Stage__c: 'Nope' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', ['Stage__c']],
      [{ Code__c: 'longer than ten' }, 'STRING_TOO_LONG', ['Code__c']],
      [{ Code__c: 'w', Budget__c: -1 }, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', ['Budget__c']],
      [{ Code__c: 'w', Contact_Email__c: 'nobody' }, 'INVALID_EMAIL_ADDRESS', ['Contact_Email__c']],
      [{ Code__c: 'w', Account__c: '001000000000001AAA' }, 'INVALID_CROSS_REFERENCE_KEY', ['Account__c']],
    ];
    for (const [record, errorCode, fields] of wrong) {
      await assert.rejects(
        projects.create(record),
        (error: Error & { errorCode?: string; data?: { fields?: string[] } }) => {
          assert.deepEqual([error.errorCode, error.data?.fields], [errorCode, fields]);
          return true;
        },
      );
    }
    await assert.rejects(projects.create({ Code__c: 'w', Nothing__c: 1 }), { errorCode: 'INVALID_FIELD' });
    await assert.rejects(connection.sobject('Nothing__c').create({}), { errorCode: 'NOT_FOUND' });
  });

  it('is told which records have an external id that is not unique, and nothing is written', async () => {
    const made = await projects.create(newProjects('dup', 2, { Legacy_Key__c: 'legacy' }));
    await assert.rejects(
      projects.upsert({ Legacy_Key__c: 'legacy', Name: 'Which?' }, 'Legacy_Key__c'),
      (error: Error & { data?: unknown }) => {
        assert.equal(error.name, 'MULTIPLE_CHOICES');
        for (const id of idsOf(made))
          assert.match(JSON.stringify(error.data), new RegExp(`/sobjects/Project__c/${id}`));
        return true;
      },
    );
    assert.equal((await connection.query("SELECT Id FROM Project__c WHERE Name = 'Which?'")).totalSize, 0);
  });
});

describe('jsforce with many records', () => {
  it('creates, retrieves, updates, upserts and destroys them in their order', async () => {
    const made = await projects.create(newProjects('m', 3));
    const ids = idsOf(made);
    const read = await projects.retrieve(ids.toReversed());
    assert.deepEqual(
      read.map((record) => record['Code__c'] as unknown),
      ['m002', 'm001', 'm000'],
    );
    const updated = await projects.update(ids.map((Id) => ({ Id, Stage__c: 'Running' })));
    assert.deepEqual(codesOf(updated), ['ok', 'ok', 'ok']);
    const upserted = await projects.upsert([...newProjects('m', 1), { Code__c: 'm9', Name: 'New' }], 'Code__c');
    assert.deepEqual(
      upserted.map((result) => (result as { created?: boolean }).created),
      [false, true],
    );
    assert.deepEqual(codesOf(await projects.destroy([...ids, String(upserted[1]?.id)])), ['ok', 'ok', 'ok', 'ok']);
    assert.deepEqual(codesOf(await projects.destroy(ids.slice(0, 1))), ['ENTITY_IS_DELETED']);
    assert.equal((await projects.retrieve(ids.slice(0, 1)))[0], null);
  });

  it('sends more than 200 in several requests, and is refused when it sends them in one', async () => {
    const many = newProjects('x', 201);
    await assert.rejects(projects.create(many), { errorCode: 'EXCEEDED_ID_LIMIT' });
    assert.equal((await projects.create(many, { allowRecursive: true })).length, 201);
    assert.equal(await count('x%'), 201);
  });

  it('saves what it can, or with allOrNone nothing at all', async () => {
    const records = [
      { Code__c: 'p1', Name: 'Good' },
      { Code__c: 'p2', Name: 'Bad', Budget__c: -1 },
      { Code__c: 'p1', Name: 'Twice' },
    ];
    const none = await projects.create(records, { allOrNone: true });
    assert.deepEqual(codesOf(none), [
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'DUPLICATE_VALUE',
    ]);
    assert.equal(await count('p_'), 0);
    const some = await projects.create(records);
    assert.deepEqual(codesOf(some), ['ok', 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'DUPLICATE_VALUE']);
    assert.equal(await count('p_'), 1);
    const update = [
      { Id: String(some[0]?.id), Name: 'Changed' },
      { Id: String(some[0]?.id).replace(/.{5}$/, '99AAA'), Name: 'Nobody' },
    ];
    const [first, second] = await projects.update(update, { allOrNone: true });
    assert.deepEqual([first?.success, second?.success], [false, false]);
    assert.equal((await connection.query("SELECT Id FROM Project__c WHERE Name = 'Changed'")).totalSize, 0);
  });

  it('writes parents and children with the rules and roll-ups of the objects', async () => {
    await projects.create({ Code__c: 'parent', Name: 'Parent' });
    const entries = connection.sobject('Time_Entry__c');
    const entry = (key: string, hours: number) => ({
      Entry_Key__c: key,
      Hours__c: hours,
      Rate__c: 10,
      Project__r: { Code__c: 'parent' },
    });
    assert.deepEqual(codesOf(await entries.upsert([entry('e1', 2), entry('e2', 3)], 'Entry_Key__c')), ['ok', 'ok']);
    const { records } = await connection.query(
      "SELECT Hours__c, Amount__c, Entry_Count__c FROM Project__c WHERE Code__c = 'parent'",
    );
    assert.deepEqual([records[0]?.['Hours__c'], records[0]?.['Amount__c'], records[0]?.['Entry_Count__c']], [5, 50, 2]);
    assert.deepEqual(codesOf(await entries.create([entry('e3', 99)])), ['FIELD_CUSTOM_VALIDATION_EXCEPTION']);
    const moved = await entries
      .update({ Id: String((await entries.findOne({ Entry_Key__c: 'e1' }))?.Id), Project__c: 'x' })
      .catch((error: Error & { errorCode?: string }) => error.errorCode);
    assert.equal(moved, 'INVALID_FIELD_FOR_INSERT_UPDATE');
  });
});

describe('jsforce as a user with few rights', () => {
  it('sees and writes what a permission set lets the user, field by field, from its assignment on', async () => {
    const viewer = connectAs(client, 'viewer').sobject('Project__c');
    const project = { Code__c: 'few', Name: 'Few rights' };
    await assert.rejects(viewer.create(project), { errorCode: 'NOT_FOUND' });
    const user = await connection.sobject('User').findOne({ Alias: 'viewer' }, 'Id');
    const set = await connection.sobject('PermissionSet').findOne({ Name: 'Project_Worker' }, 'Id');
    const assignment = { AssigneeId: String(user?.Id), PermissionSetId: String(set?.Id) };
    assert.ok((await connection.sobject('PermissionSetAssignment').create(assignment)).success);
    const made = await viewer.create(project);
    assert.ok(made.success);
    const hidden = { Id: made.id, Contact_Email__c: 'a@b.example' };
    await assert.rejects(viewer.update(hidden), { errorCode: 'INVALID_FIELD' });
    const forReading = { Id: made.id, Budget__c: 1 };
    await assert.rejects(viewer.update(forReading), { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' });
    const seen = await viewer.retrieve(made.id);
    assert.ok('Name' in seen && !('Contact_Email__c' in seen));
  });
});
