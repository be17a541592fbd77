import type { FaultRule } from '../../sandbox/org/trouble/faults.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import type { LocalSystem } from '../../sandbox/run/system.ts';

const PATIENCE_MS = 60_000;
const POLL_MS = 200;
/** A rule of the org that refuses every Bill. */
export const REFUSAL: FaultRule = {
  match: {},
  fault: {
    kind: 'refuse',
    object: 'Bill__c',
    code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    message: 'Region is required by your org.',
  },
};

/** More than a first sync, as after a day of work: a Bill that was sent again, and one that failed. */
export async function makeHistory(system: LocalSystem): Promise<void> {
  const bills = 'SELECT Id FROM Bill__c WHERE Account__c != null ORDER BY Line_Item_Count__c, Name LIMIT 2';
  const [resent, refused] = await queryAll(system.org, bills);
  await ask(system, { Type__c: 'RESEND_BILL', Bill__c: resent?.['Id'] });
  await send(system, 'POST', '/sandbox/faults', [REFUSAL]);
  await ask(system, { Type__c: 'RESEND_BILL', Bill__c: refused?.['Id'] });
  await send(system, 'DELETE', '/sandbox/faults');
}

/** Asks the agent for something, and waits until it has answered and its Runs are at their end. */
async function ask(system: LocalSystem, request: object): Promise<void> {
  await send(system, 'POST', '/services/data/v67.0/sobjects/Sync_Request__c', request);
  const open = [
    "SELECT Id FROM Sync_Request__c WHERE Status__c IN ('NEW', 'RUNNING')",
    "SELECT Id FROM Integration_Run__c WHERE Status__c = 'STARTED'",
  ];
  const deadline = performance.now() + PATIENCE_MS;
  while ((await Promise.all(open.map((soql) => queryAll(system.org, soql)))).flat().length > 0) {
    if (performance.now() > deadline) throw new Error(`The agent does not answer ${JSON.stringify(request)}.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function send({ org }: LocalSystem, method: string, target: string, body?: unknown): Promise<void> {
  const headers = { Authorization: `Bearer ${org.accessToken}`, 'Content-Type': 'application/json' };
  const response = await fetch(org.instanceUrl + target, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${target} answered ${response.status}: ${await response.text()}`);
}
