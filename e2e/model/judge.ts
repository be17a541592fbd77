/** Whether Salesforce is as it has to be once everything has come to rest. */
import assert from 'node:assert/strict';
import type { Bill } from '../../sandbox/data/model.ts';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { assertHolds, readHeld } from '../agent/holds.ts';
import type { Held } from '../agent/holds.ts';
import { expectedBill, expectedLines, readM3ter, sourceVersion, verdictOf } from '../agent/oracle.ts';
import type { M3terState, OracleIntegration, Verdict } from '../agent/oracle.ts';
import type { Playground } from './playground.ts';

type Scope = 'byEvents' | 'reconciled';

/**
 * Nothing lost, stale or half-written: each Bill that the rules send is in Salesforce exactly as m3ter has it now, sent by
 * its owner. A Bill that the rules do not send now is either absent, or complete as m3ter had it at one time. A deleted
 * Bill that was sent is marked. Nothing doubled: one Run for a Bill and batch, one Event for each trouble, none left open.
 *
 * @param scope `byEvents`: before a reconcile, only what integrations send as it changes is judged
 */
export async function judge(playground: Playground, scope: Scope): Promise<void> {
  const { world } = playground;
  const m3ter = await readM3ter(world);
  const accounts = await world.query('SELECT Id, AccountNumber, M3ter_Account_Id__c FROM Account');
  const ready = (await playground.integrations()).filter(({ isEnabled }) => isEnabled);
  const held = await readHeld(world);
  const isDue = (rules: OracleIntegration): boolean => scope === 'reconciled' || rules.triggerType === 'EVENT';
  const present = new Map(m3ter.bills.map((bill) => [bill.id, bill]));
  for (const bill of m3ter.bills) {
    const owner = ownerOf(bill, ready, m3ter, accounts);
    const isDue = scope === 'reconciled' || owner?.rules.triggerType === 'EVENT';
    if (isDue && owner?.verdict.kind === 'sent') {
      assertHolds(asVersion(held, bill), { bill, rules: owner.rules, verdict: owner.verdict });
    }
  }
  const isMarked = ready.some(isDue);
  for (const [id, record] of held.bills) {
    assertWasTrue(playground, held, id, record);
    if (isMarked) {
      assert.equal(record['Deleted_In_M3ter__c'], !present.has(id), `Bill ${id} and its mark of deletion disagree.`);
    }
  }
  assert.deepEqual(
    [...held.lines.keys()].filter((id) => !held.bills.has(id)),
    [],
  );
  await assertJournal(playground, m3ter, accounts, ready, { scope, isDue });
}

/**
 * What the org holds, with the version that m3ter has of one Bill now: a version that changes nothing else is not sent.
 * That the org's own version was exactly so is asserted of every Bill.
 */
function asVersion(held: Held, bill: Bill): Held {
  const record = held.bills.get(bill.id);
  if (!record) return held;
  return { ...held, bills: new Map([[bill.id, { ...record, Source_Version__c: sourceVersion(bill) }]]) };
}

interface Owned {
  rules: OracleIntegration;
  verdict: Verdict;
}

/** The first integration by name whose gates the Bill passes; mappings come after the gates. */
function ownerOf(
  bill: Bill,
  ready: readonly OracleIntegration[],
  m3ter: M3terState,
  accounts: JsonRecord[],
): Owned | undefined {
  return ready
    .map((rules) => ({ rules, verdict: verdictOf(bill, rules, m3ter, accounts) }))
    .find(({ verdict }) => verdict.kind === 'sent' || verdict.kind === 'missingAccountMapping');
}

/** The Bill in Salesforce is one that m3ter had, under rules that its integration had. */
function assertWasTrue(playground: Playground, held: Held, id: string, record: JsonRecord): void {
  const version = String(record['Source_Version__c']);
  const bill = playground.snapshots.get(id)?.get(version);
  assert.ok(bill, `Bill ${id} in Salesforce has version ${version}, which m3ter never had.`);
  const tried = (playground.rules.get(String(record['Integration__r.Name'])) ?? []).some((rules) => {
    const expected = {
      ...expectedBill(bill, rules, null),
      Account__c: record['Account__c'],
      Deleted_In_M3ter__c: record['Deleted_In_M3ter__c'],
    };
    return same(record, expected) && same(held.lines.get(id) ?? [], expectedLines(bill, rules));
  });
  assert.ok(tried, `Bill ${id} in Salesforce is not as m3ter had version ${version} under any rules.`);
}

function same(actual: unknown, expected: unknown): boolean {
  try {
    assert.deepEqual(actual, expected);
    return true;
  } catch {
    return false;
  }
}

async function assertJournal(
  { world, wasKilled }: Playground,
  m3ter: M3terState,
  accounts: JsonRecord[],
  ready: readonly OracleIntegration[],
  { scope, isDue }: { scope: Scope; isDue: (rules: OracleIntegration) => boolean },
): Promise<void> {
  const runs = await world.query(
    'SELECT Id, Parent_Run__c, M3ter_Bill_Id__c, Status__c, Run_Key__c, Error__c FROM Integration_Run__c',
  );
  const parents = runs.filter((run) => run['Parent_Run__c'] === null);
  const children = runs.filter((run) => run['Parent_Run__c'] !== null);
  const twice = children.map((run) => `${String(run['Parent_Run__c'])} ${String(run['M3ter_Bill_Id__c'])}`);
  assert.equal(new Set(twice).size, twice.length, 'A batch has two Runs for one Bill.');
  const open = runs.filter((run) =>
    ['STARTED', 'AWAITING_RETRY', 'RATE_LIMIT_RETRY'].includes(String(run['Status__c'])),
  );
  // The org may carry out late what the agent, or a life before, had given up: the reconcile ends such a Run.
  const mayBeLate = (run: JsonRecord): boolean => wasKilled || run['Parent_Run__c'] === null;
  const left = scope === 'reconciled' ? open : open.filter((run) => !mayBeLate(run));
  assert.deepEqual(left, [], 'Runs are left open.');
  assert.deepEqual(
    parents.filter((run) => run['Status__c'] === 'WAITING'),
    [],
    'Batches are left open.',
  );
  const complete = new Set(
    children.filter((run) => run['Status__c'] === 'COMPLETE').map((run) => run['M3ter_Bill_Id__c']),
  );
  const bills = await world.query('SELECT M3ter_Bill_Id__c FROM Bill__c');
  for (const bill of bills) assert.ok(complete.has(bill['M3ter_Bill_Id__c']), 'A Bill was sent without a Run.');
  const events = await world.query(
    'SELECT Event_Key__c, Name, M3ter_Account_Id__c, Event_Name__c FROM Integration_Event__c',
  );
  const keys = events.map((event) => event['Event_Key__c']);
  assert.equal(new Set(keys).size, keys.length, 'An Event is there twice.');
  for (const bill of m3ter.bills) {
    const owner = ownerOf(bill, ready, m3ter, accounts);
    if (owner?.verdict.kind !== 'missingAccountMapping' || !isDue(owner.rules)) continue;
    const isTold = events.some(
      (event) =>
        event['M3ter_Account_Id__c'] === bill.accountId &&
        String(event['Event_Name__c']).includes('missingaccountmapping'),
    );
    assert.ok(isTold, `No Event tells that Bill ${bill.id} waits for a mapping.`);
  }
  const requests = await world.query('SELECT Name, Status__c, Result__c FROM Sync_Request__c');
  for (const request of requests) {
    assert.match(String(request['Status__c']), /^(?:DONE|FAILED)$/, `${String(request['Name'])} was not ended.`);
    assert.ok(request['Result__c'], `${String(request['Name'])} says nothing.`);
  }
}
