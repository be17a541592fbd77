/**
 * Drives an agent's Integrations API by m3ter's official SDK for TypeScript, as it is: proof that the SDK takes the
 * agent for m3ter. Creates an integration that matches no Account, and an External Mapping, and deletes both again.
 *
 *   M3TER_SDK=node_modules/m3ter-sdk M3TER_BASE_URL=http://127.0.0.1:4690 M3TER_ORG_ID=... M3TER_API_KEY=...
 *   M3TER_API_SECRET=... node e2e/sdk/drive.ts
 */
import assert from 'node:assert/strict';
import { all, loadSdk } from './package.ts';

interface Config {
  readonly id: string;
  readonly version?: number;
  readonly name?: string;
  readonly enabled?: boolean;
  readonly destinationId?: string;
  readonly configData?: Readonly<Record<string, unknown>>;
}

interface Mapping {
  readonly id: string;
  readonly version?: number;
  readonly externalId: string;
}

type Params = Readonly<Record<string, unknown>>;

/** The part of the SDK that is used. */
interface Sdk {
  readonly integrationConfigurations: {
    create(params: Params): Promise<Config>;
    retrieve(id: string): Promise<Config>;
    update(id: string, params: Params): Promise<Config>;
    list(params?: Params): AsyncIterable<Config>;
    delete(id: string): Promise<Config>;
    enable(id: string): Promise<Config>;
    getByEntity(entityType: string, params?: Params): Promise<Config>;
  };
  readonly externalMappings: {
    create(params: Params): Promise<Mapping>;
    retrieve(id: string): Promise<Mapping>;
    update(id: string, params: Params): Promise<Mapping>;
    list(params?: Params): AsyncIterable<Mapping>;
    delete(id: string): Promise<Mapping>;
    listByM3terEntity(m3terId: string, params: Params): AsyncIterable<Mapping>;
    listByExternalEntity(externalId: string, params: Params): AsyncIterable<Mapping>;
  };
  readonly events: {
    list(params?: Params): AsyncIterable<{ readonly id: string }>;
    retrieve(id: string): Promise<{ readonly id: string; readonly eventName: string }>;
    getTypes(): Promise<{ readonly events?: readonly string[] }>;
    getFields(params?: Params): Promise<{ readonly events?: object }>;
  };
}

interface Package {
  readonly default: new (options?: { maxRetries?: number }) => Sdk;
  readonly ConflictError: new () => Error;
  readonly NotFoundError: new () => Error;
}

const KIND = { entityType: 'Bill', destination: 'Salesforce' };
const NOBODY = 'no-account-has-this-id';

async function driveConfigs({ integrationConfigurations: configs }: Sdk, { ConflictError, NotFoundError }: Package) {
  const [known] = await all(configs.list());
  const destination = known?.destinationId === undefined ? {} : { destinationId: known.destinationId };
  const configData = { accountIds: [NOBODY], sortLineItemsBy: 'SUBTOTAL' };
  const made = await configs.create({ ...KIND, ...destination, name: 'SDK drive', configData });
  try {
    assert.deepEqual((await configs.retrieve(made.id)).configData, made.configData);
    const listed = await all(configs.list({ pageSize: 1, ...destination }));
    assert.ok(listed.some(({ id }) => id === made.id));
    assert.equal(new Set(listed.map(({ id }) => id)).size, listed.length);
    const changed = { ...KIND, name: 'SDK drive, changed', configData };
    const updated = await configs.update(made.id, { ...changed, version: made.version });
    assert.equal(updated.name, 'SDK drive, changed');
    await assert.rejects(configs.update(made.id, { ...changed, name: 'stale', version: made.version }), ConflictError);
    assert.ok((await configs.getByEntity('Bill', { destination: 'Salesforce' })).id);
  } finally {
    assert.equal((await configs.delete(made.id)).id, made.id);
  }
  await assert.rejects(configs.retrieve(made.id), NotFoundError);
}

async function driveMappings({ externalMappings: mappings }: Sdk, { NotFoundError }: Package) {
  const target = { externalSystem: 'Salesforce', externalTable: 'Account', externalId: 'SDK drive/ä b' };
  const entity = { m3terEntity: 'Account', m3terId: NOBODY };
  const made = await mappings.create({ ...entity, ...target });
  try {
    assert.equal((await mappings.retrieve(made.id)).externalId, target.externalId);
    const of = async (items: AsyncIterable<Mapping>) => (await all(items)).map(({ id }) => id);
    const { externalId, externalSystem: system, externalTable } = target;
    assert.deepEqual(await of(mappings.list({ m3terIds: [NOBODY, 'another'], externalSystemId: system })), [made.id]);
    assert.deepEqual(await of(mappings.listByM3terEntity(NOBODY, { entity: 'Account' })), [made.id]);
    assert.deepEqual(await of(mappings.listByExternalEntity(externalId, { system, externalTable })), [made.id]);
    const changed = { ...entity, ...target, externalId: 'SDK drive 2', version: made.version };
    assert.equal((await mappings.update(made.id, changed)).externalId, 'SDK drive 2');
  } finally {
    await mappings.delete(made.id);
  }
  await assert.rejects(mappings.retrieve(made.id), NotFoundError);
}

async function driveEvents({ events }: Sdk) {
  const listed = await all(events.list({ eventType: 'IntegrationEvent', includeActioned: true, pageSize: 50 }));
  const [first, second] = listed;
  if (first) assert.equal((await events.retrieve(first.id)).id, first.id);
  if (first && second) assert.equal((await all(events.list({ ids: [first.id, second.id] }))).length, 2);
  assert.equal((await events.getTypes()).events?.length, 5);
  const eventName = 'integration.perform.error';
  assert.deepEqual(Object.keys((await events.getFields({ eventName })).events ?? {}), [eventName]);
}

const sdkPackage = await loadSdk<Package>(process.env['M3TER_SDK']);
const sdk = new sdkPackage.default();
await driveConfigs(sdk, sdkPackage);
console.log('integrationConfigurations: good');
await driveMappings(sdk, sdkPackage);
console.log('externalMappings: good');
await driveEvents(sdk);
console.log('events: good');
