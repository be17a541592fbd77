import Big from 'big.js';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { codesOf, field, insert, makeWorker, openProjects, savedId, update, userCalled } from '../fixtures/projects.ts';
import type { Org, OrgUser, SaveResult } from '../model.ts';

let org: Org;
let admin: OrgUser;
beforeEach(() => {
  org = openProjects();
  admin = userCalled(org, 'admin');
});

const project = (fields: Record<string, unknown> = {}): SaveResult =>
  insert(org, admin, 'Project__c', { Code__c: 'P1', Name: 'One', ...fields });
const projectId = (fields?: Record<string, unknown>): string => savedId(project(fields));
const upsert = (externalIdField: string, externalId: unknown, fields: Record<string, unknown> = {}): SaveResult =>
  org.save(admin, { operation: 'upsert', object: 'Project__c', externalIdField, externalId, fields });

describe('creating a record', () => {
  it('fills default values, the owner and system fields', () => {
    const record = org.read('Project__c', projectId())!;
    assert.equal(record.Stage__c, 'Draft');
    assert.equal(record.Start__c, '2026-11-23');
    assert.equal(record.Billable__c, true);
    assert.ok(record.Budget__c instanceof Big && record.Budget__c.eq(1000));
    assert.equal(record.OwnerId, admin.id);
    assert.equal(record.CreatedById, admin.id);
    assert.equal(record.CreatedDate, '2026-11-22T18:00:00.000Z');
    assert.equal(record.IsDeleted, false);
  });

  it('keeps what the request empties', () => {
    const id = projectId({ Budget__c: null, Start__c: null });
    assert.equal(field(org, 'Project__c', id, 'Budget__c'), null);
    assert.equal(field(org, 'Project__c', id, 'Start__c'), null);
  });

  it('numbers records by their format', () => {
    const parent = projectId();
    const ids = [1, 2].map((hours) =>
      savedId(insert(org, admin, 'Time_Entry__c', { Project__c: parent, Hours__c: hours })),
    );
    assert.deepEqual(
      ids.map((id) => field(org, 'Time_Entry__c', id, 'Name')),
      ['TE-2026-0007', 'TE-2026-0008'],
    );
  });

  it('names a record without a name by its id', () => {
    const id = savedId(insert(org, admin, 'Project__c', { Code__c: 'P2' }));
    assert.equal(field(org, 'Project__c', id, 'Name'), id.slice(0, 15));
  });

  it('takes field names in any case and ignores attributes', () => {
    const id = savedId(insert(org, admin, 'project__C', { attributes: { type: 'Project__c' }, CODE__c: 'P3' }));
    assert.equal(field(org, 'Project__c', id, 'Code__c'), 'P3');
  });

  it('names every required field that is missing', () => {
    const result = insert(org, admin, 'Project__c', { Stage__c: null });
    assert.deepEqual(result.errors, [
      {
        statusCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [Code__c, Stage__c]',
        fields: ['Code__c', 'Stage__c'],
      },
    ]);
  });

  it('refuses an id, unknown fields and computed fields', () => {
    assert.deepEqual(codesOf(project({ Id: 'a00000000000001' })), ['INVALID_FIELD_FOR_INSERT_UPDATE']);
    assert.deepEqual(project({ Colour__c: 'red' }).errors, [
      { statusCode: 'INVALID_FIELD', message: "No such column 'Colour__c' on sobject of type Project__c", fields: [] },
    ]);
    assert.deepEqual(project({ Hours__c: 3, Title__c: 'x' }).errors[0]?.fields, ['Hours__c', 'Title__c']);
    assert.deepEqual(codesOf(insert(org, admin, 'Nothing__c', {})), ['INVALID_TYPE']);
  });
});

describe('values', () => {
  const keeps = (name: string, value: unknown, expected: string | null): void => {
    const id = projectId({
      Code__c: `K${org.sql.prepare('SELECT COUNT(*) n FROM Project__c').get()?.n as number}`,
      [name]: value,
    });
    assert.equal(field(org, 'Project__c', id, name), expected, `${name}: ${String(value)}`);
  };
  const refuses = (name: string, value: unknown, code: string): void => {
    const result = project({ [name]: value });
    assert.deepEqual(codesOf(result), [code], `${name}: ${String(value)}`);
    assert.deepEqual(result.errors[0]?.fields, [name]);
  };

  it('are decimals, rounded half up to the scale', () => {
    keeps('Budget__c', 12.345, '12.35');
    keeps('Budget__c', new Big('0.005'), '0.01');
    keeps('Budget__c', '-0', '0');
    keeps('Budget__c', new Big('99999999.99'), '99999999.99');
    refuses('Budget__c', new Big('99999999.995'), 'NUMBER_OUTSIDE_VALID_RANGE');
    refuses('Budget__c', 'much', 'JSON_PARSER_ERROR');
    refuses('Budget__c', true, 'JSON_PARSER_ERROR');
  });

  it('are texts, trimmed, empty as null, within their length', () => {
    keeps('Note__c', '  hello\n there ', 'hello\n there');
    keeps('Note__c', '   ', null);
    keeps('Note__c', 'x'.repeat(255), 'x'.repeat(255));
    refuses('Note__c', 'x'.repeat(256), 'STRING_TOO_LONG');
    refuses('Note__c', {}, 'JSON_PARSER_ERROR');
    keeps('Contact_Email__c', 'ada@example.com', 'ada@example.com');
    refuses('Contact_Email__c', 'ada at home', 'INVALID_EMAIL_ADDRESS');
  });

  it('are days and instants', () => {
    keeps('Start__c', '2028-02-29', '2028-02-29');
    refuses('Start__c', '2026-02-29', 'JSON_PARSER_ERROR');
    refuses('Start__c', '22.11.2026', 'JSON_PARSER_ERROR');
    keeps('Kickoff__c', '2026-11-22T18:00:00.750Z', '2026-11-22T18:00:00.000Z');
    keeps('Kickoff__c', '2026-11-22T18:00:00+0130', '2026-11-22T16:30:00.000Z');
    keeps('Kickoff__c', '2026-01-01T00:30:00.000+01:00', '2025-12-31T23:30:00.000Z');
    refuses('Kickoff__c', '2026-11-22', 'JSON_PARSER_ERROR');
    refuses('Kickoff__c', '2026-11-22T25:00:00Z', 'JSON_PARSER_ERROR');
  });

  it('are flags', () => {
    keeps('Billable__c', false, 'false');
    refuses('Billable__c', 'maybe', 'JSON_PARSER_ERROR');
    refuses('Billable__c', null, 'INVALID_TYPE_ON_FIELD_IN_RECORD');
  });

  it('are picklist values: restricted ones as listed, several in the order of the list, others as they come', () => {
    keeps('Stage__c', 'Running', 'Running');
    refuses('Stage__c', 'Paused', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    keeps('Region__c', 'APAC', 'APAC');
    keeps('Tags__c', 'urgent; internal;urgent', 'internal;urgent');
    refuses('Tags__c', 'urgent;late', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    refuses('Tags__c', ['urgent'], 'JSON_PARSER_ERROR');
  });

  it('report every field that is wrong', () => {
    assert.deepEqual(codesOf(project({ Budget__c: 'x', Stage__c: 'y', Code__c: 'far too long' })), [
      'STRING_TOO_LONG',
      'JSON_PARSER_ERROR',
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    ]);
  });
});

describe('references', () => {
  it('take ids of 15 and 18 characters', () => {
    const first = projectId();
    const second = projectId({ Code__c: 'P2', Follows__c: first.slice(0, 15) });
    assert.equal(field(org, 'Project__c', second, 'Follows__c'), first);
  });

  it('refuse ids that are malformed, of another object, unknown or deleted', () => {
    const gone = projectId();
    org.remove(admin, gone);
    assert.deepEqual(codesOf(project({ Follows__c: 'abc' })), ['MALFORMED_ID']);
    assert.deepEqual(codesOf(project({ Follows__c: admin.id })), ['FIELD_INTEGRITY_EXCEPTION']);
    assert.deepEqual(codesOf(project({ Follows__c: 'a00LC0000zzzzzz' })), ['INVALID_CROSS_REFERENCE_KEY']);
    assert.deepEqual(codesOf(project({ Follows__c: gone })), ['ENTITY_IS_DELETED']);
  });

  it('name the parent by an external id', () => {
    const first = projectId();
    const second = projectId({ Code__c: 'P2', Follows__r: { Code__c: 'P1' } });
    assert.equal(field(org, 'Project__c', second, 'Follows__c'), first);
    savedId(update(org, admin, 'Project__c', second, { Follows__r: null }));
    assert.equal(field(org, 'Project__c', second, 'Follows__c'), null);
  });

  it('refuse an external id without a parent, with two keys, or with several parents', () => {
    const message = (value: unknown) => project({ Follows__r: value }).errors[0];
    assert.deepEqual(message({ Code__c: 'P9' }), {
      statusCode: 'INVALID_FIELD',
      message: 'Foreign key external ID: p9 not found for field Code__c in entity Project__c',
      fields: [],
    });
    assert.match(message({ Code__c: 'P1', Legacy_Key__c: 'x' })!.message, /^More than 1 field provided/);
    assert.match(message({ Name: 'One' })!.message, /does not match an External ID/);
    projectId({ Code__c: 'A', Legacy_Key__c: 'old' });
    projectId({ Code__c: 'B', Legacy_Key__c: 'OLD' });
    assert.equal(message({ Legacy_Key__c: 'old' })!.statusCode, 'DUPLICATE_EXTERNAL_ID');
  });
});

describe('updating a record', () => {
  it('changes what is given and who changed it, nothing else', () => {
    const worker = userCalled(org, 'viewer');
    makeWorker(org, worker);
    const id = savedId(insert(org, worker, 'Project__c', { Code__c: 'P1', Note__c: 'keep' }));
    savedId(update(org, admin, 'Project__c', id, { Budget__c: 5 }));
    const record = org.read('Project__c', id)!;
    assert.deepEqual([record.Note__c, record.CreatedById, record.LastModifiedById], ['keep', worker.id, admin.id]);
    assert.equal(field(org, 'Project__c', id, 'Budget__c'), '5');
  });

  it('fails for ids that are unknown, deleted or malformed', () => {
    const id = projectId();
    org.remove(admin, id);
    assert.deepEqual(update(org, admin, 'Project__c', id, {}).errors, [
      { statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: ['Id'] },
    ]);
    assert.deepEqual(codesOf(update(org, admin, 'Project__c', 'a00LC0000zzzzzz', {})), ['INVALID_CROSS_REFERENCE_KEY']);
    assert.deepEqual(codesOf(update(org, admin, 'Project__c', 'x', {})), ['MALFORMED_ID']);
  });

  it('does not move a detail whose relationship is not reparentable', () => {
    const parent = projectId();
    const entry = savedId(insert(org, admin, 'Time_Entry__c', { Project__c: parent, Hours__c: 1 }));
    assert.deepEqual(codesOf(update(org, admin, 'Time_Entry__c', entry, { Project__c: parent })), [
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    ]);
    assert.deepEqual(codesOf(update(org, admin, 'Time_Entry__c', entry, { Project__r: { Code__c: 'P1' } })), [
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    ]);
  });
});

describe('uniqueness', () => {
  it('refuses a value that another record has, and names that record', () => {
    const id = projectId();
    assert.deepEqual(project().errors, [
      {
        statusCode: 'DUPLICATE_VALUE',
        message: `duplicate value found: Code__c duplicates value on record with id: ${id.slice(0, 15)}`,
        fields: ['Code__c'],
      },
    ]);
    assert.equal(update(org, admin, 'Project__c', id, { Code__c: 'P1' }).success, true);
  });

  it('heeds case where the field does, and only there', () => {
    const parent = projectId();
    assert.equal(project({ Code__c: 'p1' }).success, true);
    savedId(insert(org, admin, 'Time_Entry__c', { Project__c: parent, Hours__c: 1, Entry_Key__c: 'key' }));
    const again = insert(org, admin, 'Time_Entry__c', { Project__c: parent, Hours__c: 1, Entry_Key__c: 'KEY' });
    assert.deepEqual(codesOf(again), ['DUPLICATE_VALUE']);
  });
});

describe('upserting by external id', () => {
  it('creates, then updates the same record', () => {
    const first = upsert('Code__c', 'U1', { Budget__c: 1 });
    const second = upsert('Code__c', 'U1', { Budget__c: 2 });
    assert.deepEqual([first.created, second.created], [true, false]);
    assert.equal(second.id, first.id);
    assert.equal(field(org, 'Project__c', savedId(second), 'Budget__c'), '2');
  });

  it('refuses a missing key, several matches, and fields that are no external ids', () => {
    assert.deepEqual(upsert('Code__c', '').errors, [
      { statusCode: 'MISSING_ARGUMENT', message: 'Code__c not specified', fields: [] },
    ]);
    projectId({ Code__c: 'A', Legacy_Key__c: 'old' });
    projectId({ Code__c: 'B', Legacy_Key__c: 'old' });
    assert.deepEqual(codesOf(upsert('Legacy_Key__c', 'old')), ['DUPLICATE_EXTERNAL_ID']);
    assert.deepEqual(codesOf(upsert('Note__c', 'x')), ['INVALID_FIELD']);
  });

  it('creates nothing where only updates are asked for', () => {
    const result = org.save(admin, {
      operation: 'upsert',
      object: 'Project__c',
      externalIdField: 'Code__c',
      externalId: 'U2',
      fields: {},
      updateOnly: true,
    });
    assert.deepEqual(codesOf(result), ['NOT_FOUND']);
  });

  it('takes the record id as key, and creates without one', () => {
    const created = upsert('Id', null, { Code__c: 'U3' });
    assert.equal(created.created, true);
    assert.equal(upsert('Id', created.id, { Note__c: 'x' }).created, false);
  });
});

describe('validation rules', () => {
  it('refuse the record with their message, at their field', () => {
    assert.deepEqual(project({ Budget__c: -1 }).errors, [
      {
        statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: 'The budget cannot be negative.',
        fields: ['Budget__c'],
      },
    ]);
    assert.deepEqual(codesOf(upsert('Code__c', 'N1', { Budget__c: -1 })), ['FIELD_CUSTOM_VALIDATION_EXCEPTION']);
    assert.equal(org.sql.prepare('SELECT COUNT(*) n FROM Project__c').get()?.n, 0);
  });

  it('know the value before and who saves', () => {
    const worker = userCalled(org, 'viewer');
    makeWorker(org, worker);
    const id = savedId(insert(org, worker, 'Project__c', { Code__c: 'P1', Stage__c: 'Closed' }));
    const reopened = update(org, worker, 'Project__c', id, { Stage__c: 'Running' });
    assert.deepEqual(reopened.errors[0]?.message, 'A closed project stays closed.');
    assert.equal(update(org, admin, 'Project__c', id, { Stage__c: 'Running' }).success, true);
  });
});
