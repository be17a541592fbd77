import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { codesOf, field, insert, openProjects, savedId, update, userCalled } from '../fixtures/projects.ts';
import type { Org, OrgUser, SaveResult } from '../model.ts';

let org: Org;
let admin: OrgUser;
let parent: string;
beforeEach(() => {
  org = openProjects();
  admin = userCalled(org, 'admin');
  parent = savedId(insert(org, admin, 'Project__c', { Code__c: 'P1', Name: 'One', Discount__c: 10 }));
});

const entry = (fields: Record<string, unknown>, project = parent): SaveResult =>
  insert(org, admin, 'Time_Entry__c', { Project__c: project, ...fields });
const of = (name: string, id = parent): string | null => field(org, 'Project__c', id, name);

describe('roll-ups', () => {
  it('start at zero, or empty where nothing can be the greatest', () => {
    assert.deepEqual([of('Entry_Count__c'), of('Hours__c'), of('Last_Day__c')], ['0', '0', null]);
  });

  it('follow created, changed and deleted details', () => {
    const first = savedId(entry({ Hours__c: '1.25', Day__c: '2026-02-01' }));
    const second = savedId(entry({ Hours__c: 2, Day__c: '2026-01-01' }));
    assert.deepEqual([of('Entry_Count__c'), of('Hours__c'), of('Last_Day__c')], ['2', '3.25', '2026-02-01']);
    savedId(update(org, admin, 'Time_Entry__c', second, { Hours__c: 5 }));
    org.remove(admin, first);
    assert.deepEqual([of('Entry_Count__c'), of('Hours__c'), of('Last_Day__c')], ['1', '5', '2026-01-01']);
  });

  it('count only the details that their filter lets through', () => {
    const id = savedId(entry({ Hours__c: 3 }));
    savedId(entry({ Hours__c: 4, Approved__c: true }));
    assert.deepEqual([of('Hours__c'), of('Open_Hours__c')], ['7', '3']);
    savedId(update(org, admin, 'Time_Entry__c', id, { Approved__c: true }));
    assert.equal(of('Open_Hours__c'), '0');
  });

  it('add up formulas of the details, exactly', () => {
    savedId(entry({ Hours__c: '0.1', Rate__c: '0.2' }));
    savedId(entry({ Hours__c: '0.3', Rate__c: '0.1' }));
    assert.equal(of('Amount__c'), '0.05');
  });
});

describe('formula fields', () => {
  it('follow the roll-ups that they read', () => {
    savedId(entry({ Hours__c: 10, Rate__c: 20 }));
    assert.deepEqual([of('Remaining__c'), of('Used_Percent__c'), of('Over__c')], ['700', '20', 'false']);
    savedId(entry({ Hours__c: 50, Rate__c: 20 }));
    assert.deepEqual([of('Remaining__c'), of('Over__c')], ['-300', 'true']);
  });

  it('are empty where they have no result', () => {
    savedId(update(org, admin, 'Project__c', parent, { Budget__c: 0 }));
    assert.equal(of('Used_Percent__c'), null);
    savedId(update(org, admin, 'Project__c', parent, { Budget__c: null }));
    assert.equal(of('Used_Percent__c'), null);
  });

  it('follow records that they reach over two relationships', () => {
    const account = savedId(insert(org, admin, 'Account', { Name: 'Acme' }));
    const id = savedId(entry({ Hours__c: 1 }));
    const title = (): string | null => field(org, 'Time_Entry__c', id, 'Project_Title__c');
    assert.equal(title(), 'P1: One');
    savedId(update(org, admin, 'Project__c', parent, { Account__c: account }));
    assert.equal(title(), 'P1: One for Acme');
    savedId(update(org, admin, 'Account', account, { Name: 'Acme Ltd' }));
    assert.deepEqual([of('Title__c'), title()], ['P1: One for Acme Ltd', 'P1: One for Acme Ltd']);
  });
});

describe('rules on roll-ups', () => {
  it('refuse the detail that breaks them, and only that one', () => {
    org.transaction(() => {
      savedId(entry({ Hours__c: 60 }));
      assert.deepEqual(codesOf(entry({ Hours__c: 50 })), ['FIELD_CUSTOM_VALIDATION_EXCEPTION']);
      savedId(entry({ Hours__c: 40 }));
    });
    assert.deepEqual([of('Entry_Count__c'), of('Hours__c')], ['2', '100']);
  });
});

describe('transactions', () => {
  it('take roll-ups back with the details', () => {
    savedId(entry({ Hours__c: 1 }));
    const work = (): void => {
      savedId(entry({ Hours__c: 2 }));
      throw new Error('stop');
    };
    assert.throws(() => org.transaction(work), /stop/);
    assert.equal(of('Hours__c'), '1');
  });

  it('keep roll-ups right when they were settled in a savepoint that is taken back', () => {
    org.transaction(() => {
      savedId(entry({ Hours__c: 1 }));
      const work = (): void => {
        savedId(entry({ Hours__c: 2 }));
        org.settle();
        throw new Error('stop');
      };
      assert.throws(() => org.transaction(work), /stop/);
    });
    assert.deepEqual([of('Entry_Count__c'), of('Hours__c')], ['1', '1']);
  });

  it('tell listeners once for each commit that changed something', () => {
    let calls = 0;
    const stop = org.onChange(() => calls++);
    org.transaction(() => {
      savedId(entry({ Hours__c: 1 }));
      savedId(entry({ Hours__c: 1 }));
    });
    org.transaction(() => of('Hours__c'));
    assert.equal(calls, 1);
    stop();
    savedId(entry({ Hours__c: 1 }));
    assert.equal(calls, 1);
  });
});
