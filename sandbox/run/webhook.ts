import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from '../m3ter/notifications.ts';
import { m3terApi } from './records.ts';
import type { JsonRecord, M3terApi } from './records.ts';
import type { LocalM3ter } from '../m3ter/server.ts';

/** What the agent has to know to take local m3ter's webhooks. */
export interface WebhookSecrets {
  /** The last part of the webhook's path. */
  pathSecret: string;
  secret: string;
}

const EVENTS = ['billing.bill.created', 'billing.bill.updated', 'billing.bill.deleted'];

/** The secrets of this sandbox, made on its first start and kept with its state. */
export function webhookSecrets(stateDir: string): WebhookSecrets {
  const file = path.join(stateDir, 'webhook.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as WebhookSecrets;
  const secrets = { pathSecret: randomBytes(24).toString('hex'), secret: randomBytes(32).toString('base64url') };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

/** The agent's settings for these webhooks. */
export const webhookSettings = ({ pathSecret, secret }: WebhookSecrets): Record<string, string> => ({
  WEBHOOK_PATH_SECRET: pathSecret,
  WEBHOOK_SECRET: secret,
  WEBHOOK_SIGNATURE_HEADER: SIGNATURE_HEADER,
  WEBHOOK_TIMESTAMP_HEADER: TIMESTAMP_HEADER,
});

/**
 * Has local m3ter send its events about Bills to the agent, as an operator would set it up: a webhook destination, a
 * notification rule for each event, and integrations that link them. Rules of an earlier start are kept, the
 * destination gets the address of this one.
 */
export async function connectWebhook(m3ter: LocalM3ter, agentUrl: string, secrets: WebhookSecrets): Promise<void> {
  const api = await m3terApi(m3ter);
  const { pathSecret, secret } = secrets;
  const webhook = {
    name: 'Sync agent',
    description: 'The sync agent of this sandbox',
    code: 'sync-agent',
    url: `${agentUrl}/webhooks/m3ter/${pathSecret}`,
    credentials: { type: 'M3TER_SIGNED_REQUEST', apiKey: 'sync-agent', secret },
  };
  const [known] = await listOf(api, '/integrationdestinations/webhooks');
  if (known) {
    await api('PUT', `/integrationdestinations/webhooks/${String(known['id'])}`, {
      ...webhook,
      version: known['version'],
    });
    return;
  }
  const destination = await api('POST', '/integrationdestinations/webhooks', webhook);
  for (const eventName of EVENTS) {
    const code = `sync-agent-${eventName}`;
    const rule = { name: eventName, description: 'Tells the sync agent', code, eventName, alwaysFireEvent: true };
    const { id } = await api('POST', '/notifications/configurations', rule);
    const link = { entityType: 'Notification', entityId: id, destination: 'Webhook', destinationId: destination['id'] };
    await api('POST', '/integrationconfigs', link);
  }
}

const listOf = async (api: M3terApi, target: string): Promise<JsonRecord[]> =>
  (await api('GET', target))['data'] as JsonRecord[];
