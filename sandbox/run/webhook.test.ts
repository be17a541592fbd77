import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { smallDataSet } from '../m3ter/testApi.ts';
import { startCheckedM3ter } from '../m3ter/contract/checked.ts';
import type { LocalM3ter } from '../m3ter/server.ts';
import { m3terApi } from './records.ts';
import type { JsonRecord } from './records.ts';
import { connectWebhook, webhookSecrets } from './webhook.ts';

describe("the sandbox's webhook", () => {
  const stateDir = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-webhook-'));
  let m3ter: LocalM3ter;
  before(async () => void (m3ter = await startCheckedM3ter({ port: 0, dataSet: smallDataSet() })));
  after(async () => {
    await m3ter.close();
    rmSync(stateDir, { recursive: true });
  });

  it('keeps its secrets from start to start, for its user alone', () => {
    assert.deepEqual(webhookSecrets(stateDir), webhookSecrets(stateDir));
    assert.equal(statSync(path.join(stateDir, 'webhook.json')).mode & 0o077, 0);
  });

  it('is set up once, and gets the address of the latest start', async () => {
    const api = await m3terApi(m3ter);
    const list = async (target: string) => (await api('GET', target))['data'] as JsonRecord[];
    for (const port of [4683, 5683]) {
      await connectWebhook(m3ter, `http://127.0.0.1:${port}`, { pathSecret: 'path', secret: 'secret' });
    }
    const webhooks = await list('/integrationdestinations/webhooks');
    assert.deepEqual(
      webhooks.map(({ url }) => url),
      ['http://127.0.0.1:5683/webhooks/m3ter/path'],
    );
    const rules = await list('/notifications/configurations');
    assert.deepEqual(rules.map(({ eventName }) => eventName).toSorted(), [
      'billing.bill.created',
      'billing.bill.deleted',
      'billing.bill.updated',
    ]);
    assert.equal((await list('/integrationconfigs')).length, rules.length);
  });
});
