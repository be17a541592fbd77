import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../../rules/names.ts';
import { comparePermissions, NEEDS, writableOthers, type ObjectDescription } from './permissions.ts';

const NAMES = createNames('');

/** A user who may do exactly what the agent needs. */
function exact(names = NAMES): Map<string, ObjectDescription> {
  return new Map(
    NEEDS.map(({ object, may, edits, reads }) => {
      const inOrg = names[object] as Readonly<Record<string, string>>;
      const field = (editable: boolean) => (name: string) => ({
        name: inOrg[name] ?? name,
        createable: editable,
        updateable: editable,
      });
      const flags = { createable: may.includes('c'), updateable: may.includes('e'), deletable: may.includes('d') };
      const fields = [...edits.map(field(true)), ...reads.map(field(false))];
      return [names[object].object, { queryable: true, ...flags, fields }];
    }),
  );
}

describe('permissions', () => {
  it('that fit are neither too little nor too much, with and without namespace', () => {
    assert.deepEqual(comparePermissions(exact(), NAMES), { missing: [], excess: [] });
    const names = createNames('m3ter__');
    assert.deepEqual(comparePermissions(exact(names), names), { missing: [], excess: [] });
  });

  it('that are too little are named', () => {
    const described = exact();
    described.delete('Sync_Request__c');
    const bill = described.get('Bill__c');
    assert.ok(bill);
    const fields = bill.fields
      .filter(({ name }) => name !== 'Status__c')
      .map((field) => (field.name === 'Locked__c' ? { ...field, createable: false, updateable: false } : field));
    described.set('Bill__c', { ...bill, createable: false, fields });
    assert.deepEqual(comparePermissions(described, NAMES).missing, [
      'create Bill__c',
      'read Bill__c.Status__c',
      'edit Bill__c.Locked__c',
      'read Sync_Request__c',
    ]);
  });

  it('that are too much are named', () => {
    const described = exact();
    for (const [name, more] of [
      ['Account', { updateable: true }],
      ['Bill__c', { deletable: true }],
    ] as const) {
      const found = described.get(name);
      assert.ok(found);
      described.set(name, { ...found, ...more });
    }
    assert.deepEqual(comparePermissions(described, NAMES).excess, ['delete Bill__c', 'edit Account']);
    const others = ['Contact', 'Theirs__c', 'Bill__c', 'SystemThing'].map((name) => ({
      name,
      createable: true,
      updateable: false,
    }));
    assert.deepEqual(writableOthers(others, NAMES), ['Contact', 'Theirs__c']);
  });
});
