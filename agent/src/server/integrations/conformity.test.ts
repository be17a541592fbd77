import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import Type, { type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import * as schemas from './schemas.ts';
import {
  batchRow,
  eventRow,
  INTEGRATION,
  integrationRow,
  memoryOrg,
  ORG,
  runRow,
  testApi,
  type MemoryOrg,
} from './testApi.ts';

/** The schema of an answer, and its name in m3ter's OpenAPI document where that has one which fits. */
type Answer = readonly [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, schema: TSchema, name?: string];

const RUN = 'a02000000000001AAA';
const EVENT = 'a04000000000001AAA';
const config = schemas.IntegrationConfigResponse;
const run = schemas.IntegrationRunResponse;
const configPage = schemas.paginated(config);
const runPage = schemas.paginated(run);

/**
 * Every call that the agent answers itself. Some carry no name: m3ter's document types the first two as Runs and the
 * third as a single Run, which cannot be, and has no name for lists without pages.
 */
const ANSWERS: readonly Answer[] = [
  ['GET', `/integrationconfigs/${INTEGRATION}`, config],
  ['GET', '/integrationconfigs/entity/Bill', config],
  ['GET', '/integrationruns/Bill/latest?ids=bill-1', runPage],
  ['GET', '/integrationconfigs', configPage, 'PaginatedIntegrationConfigResponseData'],
  ['GET', '/integrationconfigs?pageSize=1', configPage, 'PaginatedIntegrationConfigResponseData'],
  ['POST', '/integrationconfigs', config, 'IntegrationConfigResponse'],
  ['PUT', `/integrationconfigs/${INTEGRATION}`, config, 'IntegrationConfigResponse'],
  ['POST', `/integrationconfigs/${INTEGRATION}/enable`, config, 'IntegrationConfigResponse'],
  ['POST', `/integrationconfigs/${INTEGRATION}/disable`, config, 'IntegrationConfigResponse'],
  ['DELETE', `/integrationconfigs/a01000000000002AAA`, config, 'IntegrationConfigResponse'],
  ['GET', '/integrationconfigs/available', schemas.AvailableConfigurationResponse, 'AvailableConfigurationResponse'],
  ['GET', '/integrationconfigs/available/Salesforce/auth/Bill', schemas.ConfigOptions, 'ConfigOptions'],
  ['GET', '/integrationconfigs/available/systems', Type.Array(schemas.SystemResponse)],
  ['GET', '/integrationconfigs/available/Salesforce/entities', Type.Array(schemas.AvailableEntity)],
  ['GET', '/integrationruns/Bill/bill-1', runPage, 'PaginatedIntegrationRunResponseData'],
  ['GET', `/integrationruns/destinations/${ORG}?pageSize=1`, runPage, 'PaginatedIntegrationRunResponseData'],
  ['GET', '/integrationruns/Bill/latest/bill-1', run, 'IntegrationRunResponse'],
  ['GET', `/integrationruns/${RUN}`, run, 'IntegrationRunResponse'],
  ['GET', '/integrationruns/a02000000000009AAA', run, 'IntegrationRunResponse'],
  ['POST', `/integrationruns/${RUN}/replay`, run, 'IntegrationRunResponse'],
  ['GET', `/integrationruns/logs/${RUN}`, schemas.IntegrationRunLogResponse, 'IntegrationRunLogResponse'],
  ['GET', '/events?includeActioned=true', schemas.paginated(schemas.EventResponse), 'PaginatedEventResponseData'],
  ['GET', `/events/${EVENT}`, schemas.EventResponse, 'EventResponse'],
  ['POST', `/events/${EVENT}/action`, schemas.EventResponse, 'EventResponse'],
  ['GET', '/events/types', schemas.EventTypeResponse, 'EventTypeResponse'],
  ['GET', '/events/fields', schemas.EventFieldsResponse, 'EventFieldsResponse'],
];

function filledOrg(): MemoryOrg {
  const org = memoryOrg();
  const full = { accountIds: ['a'], accountFilter: 'currency == USD', excludedLineItemTypes: ['USAGE'] };
  org.rows.integrations.push(integrationRow(full), integrationRow({ id: 'a01000000000002AAA', credentialKey: null }));
  const bare = { startedAt: null, completedAt: null, createdAt: null, modifiedAt: null };
  org.rows.runs.push(runRow({ error: 'It broke.', status: 'ERROR' }), batchRow({ ...bare, integrationId: null }));
  org.rows.events.push(eventRow());
  return org;
}

function served() {
  const org = filledOrg();
  const test = { credential: 'prod-uk', status: 'working' as const, message: '', orgId: ORG, testedAt: '' };
  const operations = {
    enable: () => Promise.resolve({ integration: {} as never, test }),
    disable: () => Promise.resolve({ integration: {} as never }),
    replay: () => Promise.resolve({ replayedFrom: 'batch-1:bill-1', runKey: 'batch-1', results: [] }),
    actionEvents: () => {
      org.rows.events[0] = eventRow({ actioned: true, actionedAt: new Date(0) });
      return Promise.resolve({ events: [] });
    },
  };
  return testApi({ operations }, [org]);
}

/** The answer to each call, with a fresh server for each, so that none depends on another. */
async function answerOf([method, path]: Answer): Promise<unknown> {
  const { call } = served();
  const takesBody = method === 'PUT' || (method === 'POST' && path === '/integrationconfigs');
  const request = { entityType: 'Bill', destination: 'Salesforce', name: 'US gold', version: 1 };
  const { status, body } = await call(method, path, takesBody ? request : undefined);
  assert.equal(status, 200, path);
  return body;
}

describe('the answers of the Integrations API', () => {
  it('have the shape that the schemas say', async () => {
    for (const answer of ANSWERS) {
      const [method, path, schema] = answer;
      const errors = Value.Errors(schema, await answerOf(answer)).map(({ message }) => message);
      assert.deepEqual(errors, [], `${method} ${path}`);
    }
  });

  it('are checked for every call but those that m3ter answers', async () => {
    const { app } = served();
    const routes: string[] = [];
    app.addHook('onRoute', ({ method, url }) => void routes.push(`${[method].flat().join()} ${url}`));
    await app.ready();
    const prefix = '/organizations/:m3terOrgId';
    const own = routes.filter((route) => route.includes(prefix) && !/^HEAD |\/externalmapping/.test(route));
    const checked = ANSWERS.map(([method, path]) => `${method} ${prefix}${path.replace(/\?.*/, '')}`);
    const missing = own.filter((route) => {
      const pattern = new RegExp(`^${route.replace(prefix, '<').replace(/:\w+/g, '[^/]+').replace('<', prefix)}$`);
      return !checked.some((one) => pattern.test(one));
    });
    assert.deepEqual(missing, []);
    assert.ok(own.length >= 20);
  });

  /** M3TER_OPENAPI names m3ter's document, which is not part of this project; without it, its schemas above stand in. */
  it('fit m3ter’s OpenAPI document, but for an Event that nobody acted on', async () => {
    const file = process.env['M3TER_OPENAPI'];
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    if (file) ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')) as object, 'm3ter');
    for (const answer of ANSWERS) {
      const [method, path, schema, name] = answer;
      if (name === undefined) continue;
      const body = await answerOf(answer);
      const check = ajv.compile(file ? { $ref: `m3ter#/components/schemas/${name}` } : schema);
      check(body);
      const errors = (check.errors ?? []).filter(({ instancePath }) => !instancePath.endsWith('/dtActioned'));
      assert.deepEqual(errors, [], `${method} ${path}`);
    }
  });
});
