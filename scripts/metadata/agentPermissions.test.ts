/** The permission set of the agent is exact: what agent/src/operations/doctor/permissions.ts needs, and nothing else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { comparePermissions, NEEDS, writableOthers } from '../../agent/src/operations/doctor/permissions.ts';
import type { ObjectDescription } from '../../agent/src/operations/doctor/permissions.ts';
import { createNames } from '../../agent/src/rules/names.ts';
import { Access } from '../../sandbox/org/access/access.ts';
import { makeUsers } from '../../sandbox/org/access/users.ts';
import { loadMetadata } from '../../sandbox/org/metadata/load.ts';
import type { OrgModel } from '../../sandbox/org/model.ts';
import { describeField } from '../../sandbox/org/rest/describeField.ts';
import { startTestOrg } from '../../sandbox/org/testServer.ts';
import { SOURCE_DIRS } from '../../sandbox/run/system.ts';
import { customFields, permissionSets } from './grants.ts';
import { readSource } from './source.ts';

const NAMES = createNames('');
const AGENT_SET = 'M3ter_Sync_Agent';
const ACCOUNT_SET = 'M3ter_Account_Read';

function agentSet(name: string) {
  const found = permissionSets(readSource()).find((set) => set.name === name);
  assert.ok(found, `no permission set ${name}`);
  return found;
}

/** What the local org tells the agent's user of the objects that the agent works with. */
function described(model: OrgModel): Map<string, ObjectDescription> {
  const access = new Access(model);
  const agent = makeUsers(model).find(({ alias }) => alias === 'agent');
  assert.ok(agent);
  return new Map(
    NEEDS.flatMap(({ object }): Array<[string, ObjectDescription]> => {
      const { object: name } = NAMES[object];
      const found = model.objects.get(name.toLowerCase());
      const may = access.object(agent, name);
      if (!found || !may.read) return [];
      const fields = [...found.fields.values()].flatMap((field) => {
        const { readable, editable } = access.field(agent, name, field.name);
        return readable ? [describeField(field, editable) as unknown as ObjectDescription['fields'][number]] : [];
      });
      return [[name, { queryable: true, createable: may.create, updateable: may.edit, deletable: may.delete, fields }]];
    }),
  );
}

describe("the agent's permission set", () => {
  it('grants the fields that the agent reads and writes, each as it needs it, and no other', () => {
    const always = new Set(
      customFields(readSource()).flatMap((field) =>
        field.access === 'always' ? [`${field.object}.${field.name}`] : [],
      ),
    );
    const needed = NEEDS.flatMap(({ source, edits, reads }) => [
      ...edits.map((name): [string, string] => [`${source}.${name}`, 'edit']),
      ...reads.map((name): [string, string] => [`${source}.${name}`, 'read']),
    ]).filter(([field]) => field.endsWith('__c') && !always.has(field));
    assert.deepEqual(Object.fromEntries([...agentSet(AGENT_SET).fields].sort()), Object.fromEntries(needed.sort()));
  });

  it('grants the rights over objects that the agent uses, and no other', () => {
    const words = { c: 'create', e: 'edit', d: 'delete' };
    const needed = NEEDS.filter(({ source }) => source.endsWith('__c')).map(({ source, may }) => [
      source,
      ['read', ...[...may].map((letter) => words[letter as keyof typeof words])],
    ]);
    assert.deepEqual(Object.fromEntries([...agentSet(AGENT_SET).objects].sort()), Object.fromEntries(needed.sort()));
  });

  it('grants the use of the API, and no app, no tab and no other right over the whole org', () => {
    const { applications, tabs, userPermissions, customPermissions } = agentSet(AGENT_SET);
    assert.deepEqual([applications, tabs, userPermissions, customPermissions], [[], [], ['ApiEnabled'], []]);
  });

  it('leaves Accounts to a set of their own, which lets the agent read them', () => {
    const { objects, fields } = agentSet(ACCOUNT_SET);
    assert.deepEqual([...objects], [['Account', ['read']]]);
    assert.deepEqual(
      [...fields.values()],
      [...fields.keys()].map(() => 'read'),
    );
  });

  it('is neither too little nor too much in the local org, over its API', async () => {
    const client = await startTestOrg();
    const { body } = await client.send('GET', 'sobjects');
    const { sobjects } = body as { sobjects: Array<ObjectDescription & { name: string }> };
    const wanted = NEEDS.map(({ object }) => NAMES[object].object);
    const answers = await Promise.all(
      wanted.map(async (name): Promise<[string, ObjectDescription]> => {
        const answer = await client.send('GET', `sobjects/${name}/describe`);
        return [name, answer.body as ObjectDescription];
      }),
    );
    assert.deepEqual(comparePermissions(new Map(answers), NAMES), { missing: [], excess: [] });
    assert.deepEqual(writableOthers(sobjects, NAMES), []);
  });

  for (const { source } of NEEDS) {
    it(`holds nothing of ${source} that could be taken away`, () => {
      assert.deepEqual(unnoticed(source), [], 'taken away, and the agent would not miss it');
    });
  }
});

/** The permissions over an object that the agent's user has, and whose loss the comparison would not tell. */
function unnoticed(object: string): string[] {
  const model = loadMetadata(SOURCE_DIRS);
  const found: string[] = [];
  const check = (what: string): void => {
    if (comparePermissions(described(model), NAMES).missing.length === 0) found.push(what);
  };
  const key = object.toLowerCase();
  for (const set of [AGENT_SET, ACCOUNT_SET]) {
    const permissions = model.permissionSets.get(set);
    assert.ok(permissions);
    const rights = permissions.objects.get(key);
    for (const right of ['read', 'create', 'edit', 'delete'] as const) {
      if (!rights?.[right]) continue;
      permissions.objects.set(key, { ...rights, [right]: false });
      check(`${set}: ${right} ${object}`);
      permissions.objects.set(key, rights);
    }
    for (const [path, field] of [...permissions.fields]) {
      if (!path.startsWith(`${key}.`)) continue;
      permissions.fields.delete(path);
      check(`${set}: read ${path}`);
      permissions.fields.set(path, { ...field, editable: false });
      if (field.editable) check(`${set}: edit ${path}`);
      permissions.fields.set(path, field);
    }
  }
  return found;
}
