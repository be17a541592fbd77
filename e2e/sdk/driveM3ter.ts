/**
 * Drives local m3ter by m3ter's official SDK for TypeScript, as it is, with nothing but its base URL changed. Starts
 * local m3ter itself, and fails when an answer breaks m3ter's contract.
 *
 *   M3TER_SDK=node_modules/m3ter-sdk node e2e/sdk/driveM3ter.ts
 */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { generateDataSet } from '../../sandbox/data/generate.ts';
import { startCheckedM3ter } from '../../sandbox/m3ter/contract/checked.ts';
import { all, loadSdk } from './package.ts';

type Params = Readonly<Record<string, unknown>>;
type Entity = Readonly<Record<string, unknown>> & { readonly id: string; readonly version?: number };

interface Memos {
  create(billId: string, params: Params): Promise<Entity>;
  list(billId: string): AsyncIterable<Entity>;
}

/** The part of the SDK that is used. */
interface Sdk {
  readonly accounts: { list(params?: Params): AsyncIterable<Entity>; retrieve(id: string): Promise<Entity> };
  readonly bills: {
    list(params?: Params): AsyncIterable<Entity>;
    retrieve(id: string): Promise<Entity>;
    approve(params: Params): Promise<{ message?: string }>;
    lock(id: string): Promise<Entity>;
    updateStatus(id: string, params: Params): Promise<Entity>;
    search(params?: Params): Promise<{ data?: readonly Entity[] }>;
    readonly creditLineItems: Memos;
    readonly debitLineItems: Memos;
    readonly lineItems: { list(billId: string): AsyncIterable<Entity> };
  };
  readonly billJobs: {
    create(params: Params): Promise<Entity>;
    retrieve(id: string): Promise<Entity>;
    recalculate(params: Params): Promise<Entity>;
  };
  readonly webhooks: { create(params: Params): Promise<Entity>; list(): AsyncIterable<Entity> };
  readonly externalMappings: { create(params: Params): Promise<Entity>; list(params?: Params): AsyncIterable<Entity> };
  readonly integrationConfigurations: { create(params: Params): Promise<Entity>; enable(id: string): Promise<Entity> };
  readonly events: {
    list(params?: Params): AsyncIterable<Entity>;
    getTypes(): Promise<{ events?: readonly string[] }>;
  };
}

interface Package {
  readonly default: new (options: Record<string, string>) => Sdk;
  readonly BadRequestError: new () => Error;
}

async function driveBills({ bills, billJobs }: Sdk, { BadRequestError }: Package): Promise<void> {
  const listed = await all(bills.list({ status: 'PENDING', pageSize: 5, excludeLineItems: true }));
  const [first, second] = listed as [Entity, Entity];
  await bills.approve({ billIds: [first.id] });
  assert.equal((await bills.lock(first.id))['locked'], true);
  await assert.rejects(bills.updateStatus(first.id, { status: 'PENDING' }), BadRequestError);
  assert.ok((await bills.search({ searchQuery: 'locked:true' })).data?.some(({ id }) => id === first.id));
  let job = await billJobs.recalculate({ billIds: [second.id] });
  while (job['status'] !== 'COMPLETE') {
    await delay(100);
    job = await billJobs.retrieve(job.id);
  }
  const bill = await bills.retrieve(second.id);
  assert.equal(bill['billJobId'], job.id);
  const [line] = await all(bills.lineItems.list(second.id));
  const memo = {
    ...{ amount: 2.5, description: 'SDK', productId: line?.['productId'], referencedBillId: second.id },
    ...{ accountingProductId: line?.['accountingProductId'], referencedLineItemId: line?.id },
    ...{ servicePeriodStartDate: '2026-10-01T00:00:00Z', servicePeriodEndDate: '2026-11-01T00:00:00Z' },
  };
  for (const memos of [bills.creditLineItems, bills.debitLineItems]) {
    const made = await memos.create(second.id, memo);
    assert.ok((await all(memos.list(second.id))).some(({ id }) => id === made.id));
  }
}

async function driveEntities(sdk: Sdk): Promise<void> {
  const [account] = await all(sdk.accounts.list({ pageSize: 5 }));
  assert.equal((await sdk.accounts.retrieve(String(account?.id))).id, account?.id);
  const target = { externalSystem: 'Salesforce', externalTable: 'Account', externalId: 'SDK drive' };
  await sdk.externalMappings.create({ m3terEntity: 'Account', m3terId: account?.id, ...target });
  assert.ok((await all(sdk.externalMappings.list({ m3terIds: [account?.id] }))).length > 0);
  const credentials = { type: 'M3TER_SIGNED_REQUEST', apiKey: 'key', secret: 'secret' };
  const webhook = { name: 'SDK', description: 'SDK', url: 'http://127.0.0.1:9/hook', credentials };
  const made = await sdk.webhooks.create(webhook);
  assert.ok((await all(sdk.webhooks.list())).some(({ id }) => id === made.id));
  const config = await sdk.integrationConfigurations.create({ entityType: 'Bill', destination: 'Salesforce' });
  assert.equal((await sdk.integrationConfigurations.enable(config.id))['enabled'], true);
  assert.ok((await all(sdk.events.list({ eventName: 'billing.bill.updated' }))).length > 0);
  assert.ok((await sdk.events.getTypes()).events?.includes('billing.bill.deleted'));
}

const sdkPackage = await loadSdk<Package>(process.env['M3TER_SDK']);
const dataSet = generateDataSet({ seed: 7, accounts: 9, months: 5, now: new Date() });
const m3ter = await startCheckedM3ter({ port: 0, dataSet });
const { baseUrl: baseURL, orgId, apiKey, apiSecret } = m3ter;
const sdk = new sdkPackage.default({ baseURL, orgId, apiKey, apiSecret });
await driveBills(sdk, sdkPackage);
console.log('bills, bill jobs, credits and debits: good');
await driveEntities(sdk);
console.log('accounts, external mappings, webhooks, integrations, events: good');
await m3ter.close();
