/** Who only looks cannot write: tried record by record in the local org, with the package's own permission sets. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { ObjectDescription } from '../../agent/src/operations/doctor/permissions.ts';
import { startTestOrg } from '../../sandbox/org/testServer.ts';
import { customObjects, permissionSets } from './grants.ts';
import { ofKind, readSource } from './source.ts';
import { text } from './xml.ts';

const source = readSource();
const client = await startTestOrg();
const OBJECTS = customObjects(source);
/** Masters first, so that their details find them. */
const IN_ORDER = [...OBJECTS].sort((a, b) => Number(isDetail(a)) - Number(isDetail(b)));

function isDetail(object: string): boolean {
  return ofKind(source, 'field').some((field) => field.object === object && text(field.xml, 'type') === 'MasterDetail');
}

/** How Salesforce tells a user that it has no right: an object that the user cannot see does not exist. */
const REFUSALS = [
  'NOT_FOUND',
  'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
];

interface Description extends ObjectDescription {
  readonly fields: readonly FieldDescription[];
}

interface FieldDescription {
  readonly name: string;
  readonly type: string;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly referenceTo: readonly string[];
  readonly picklistValues: ReadonlyArray<{ readonly value: string }>;
}

describe('who has no permission to write', () => {
  /** One record of each object of the package, with what it was made from. */
  const made = new Map<string, { id: string; fields: Record<string, unknown> }>();

  before(async () => {
    for (const object of IN_ORDER) {
      const fields = Object.fromEntries(
        (await describeAs('admin', object)).fields
          .filter((field) => field.createable && !field.nillable && !field.defaultedOnCreate)
          .map((field) => [field.name, valueFor(field)]),
      );
      const { status, body } = await client.send('POST', `sobjects/${object}`, fields, 'admin');
      assert.equal(status, 201, `${object}: ${JSON.stringify(body)}`);
      made.set(object, { id: (body as { id: string }).id, fields });
    }
  });

  async function describeAs(alias: 'admin' | 'finance', object: string): Promise<Description> {
    const { status, body } = await client.send('GET', `sobjects/${object}/describe`, undefined, alias);
    assert.equal(status, 200, `${alias} cannot see ${object}`);
    return body as Description;
  }

  function valueFor(field: FieldDescription): unknown {
    const [picked] = field.picklistValues;
    if (picked) return picked.value;
    const [master] = field.referenceTo;
    if (master !== undefined) return made.get(master)?.id;
    return ['double', 'int', 'currency', 'percent'].includes(field.type) ? 1 : 'x1';
  }

  for (const alias of ['viewer', 'finance'] as const) {
    for (const object of OBJECTS) {
      it(`${alias} can neither create, change nor delete a record of ${object}`, async () => {
        const record = made.get(object);
        assert.ok(record);
        const count = (await client.query(`SELECT Id FROM ${object}`)).length;
        const attempts = [
          await client.send('POST', `sobjects/${object}`, record.fields, alias),
          await client.send('PATCH', `sobjects/${object}/${record.id}`, {}, alias),
          await client.send('DELETE', `sobjects/${object}/${record.id}`, undefined, alias),
        ];
        for (const { body } of attempts) {
          const [error] = body as Array<{ errorCode: string }>;
          assert.ok(error && REFUSALS.includes(error.errorCode), JSON.stringify(body));
        }
        assert.equal((await client.query(`SELECT Id FROM ${object}`)).length, count);
      });
    }
  }

  it('finance sees Bills and Line Items and no field of them as writable', async () => {
    for (const object of ['Bill__c', 'Bill_Line_Item__c']) {
      const { createable, updateable, deletable, fields } = await describeAs('finance', object);
      assert.deepEqual([createable, updateable, deletable], [false, false, false]);
      assert.ok(fields.some(({ name }) => name.endsWith('__c')));
      assert.deepEqual(
        fields.filter((field) => field.createable || field.updateable).map(({ name }) => name),
        [],
      );
    }
  });

  it("finance cannot change which m3ter Account an Account is, though it may change Salesforce's own fields", async () => {
    const { body } = await client.send('POST', 'sobjects/Account', { Name: 'Ours' }, 'finance');
    const { id } = body as { id: string };
    const answer = await client.send('PATCH', `sobjects/Account/${id}`, { M3ter_Account_Id__c: 'theirs' }, 'finance');
    assert.equal(answer.status, 400, JSON.stringify(answer.body));
    const [account] = await client.query(`SELECT M3ter_Account_Id__c FROM Account WHERE Id = '${id}'`);
    assert.equal(account?.['M3ter_Account_Id__c'], null);
  });
});

describe('the permission sets', () => {
  it('for finance grant reading alone', () => {
    const finance = permissionSets(source).find(({ name }) => name === 'M3ter_Finance_User');
    assert.ok(finance);
    assert.deepEqual([...new Set([...finance.objects.values()].flat())], ['read']);
    assert.deepEqual([...new Set(finance.fields.values())], ['read']);
    assert.deepEqual([...finance.userPermissions, ...finance.customPermissions], []);
  });

  it('never grant View All, Modify All, or a right over all data', () => {
    const TOO_MUCH = ['view all', 'modify all'];
    for (const { name, objects, userPermissions } of permissionSets(source)) {
      assert.deepEqual(
        [...objects].filter(([, rights]) => rights.some((one) => TOO_MUCH.includes(one))),
        [],
        name,
      );
      assert.deepEqual(
        userPermissions.filter((one) => one !== 'ApiEnabled'),
        [],
        name,
      );
    }
  });

  it('in the package grant no standard object, which Salesforce does not let a package do', () => {
    for (const { name, objects } of permissionSets(readSource(undefined, ['force-app']))) {
      assert.deepEqual(
        [...objects.keys()].filter((object) => !object.endsWith('__c')),
        [],
        name,
      );
    }
  });
});
