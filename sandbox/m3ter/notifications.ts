import { createHmac } from 'node:crypto';
import { parseExact } from '../shared/exactJson.ts';
import { holds } from './calculations.ts';
import type { RecordedEvent, Store } from './store.ts';
import { where } from './table.ts';

/** Where a notification goes. */
export interface Webhook {
  id: string;
  url: string;
  active?: boolean;
  credentials: { apiKey: string; secret: string };
}

interface NotificationRule {
  id: string;
  active?: boolean;
  alwaysFireEvent?: boolean;
  calculation?: string;
}

/**
 * The webhooks that an event goes to: of active rules for its name whose calculation holds (or that always fire), by
 * the enabled integrations that link a rule with an active webhook. Source: m3ter, "Creating and managing
 * notifications".
 */
export function webhooksFor(store: Store, event: RecordedEvent): Webhook[] {
  const rules = store.rules
    .select(where('event_name = ?', event.name))
    .map((row) => parse<NotificationRule>(row['document']))
    .filter((rule) => rule.active === true)
    .filter((rule) => rule.alwaysFireEvent === true || holds(rule.calculation ?? '', event));
  return rules
    .flatMap((rule) => store.configs.select(where('entity_id = ?', rule.id)))
    .filter((row) => parse<{ enabled?: boolean }>(row['document']).enabled === true)
    .flatMap((row) => store.webhooks.select(where('id = ?', row['destination_id'] ?? '')))
    .map((row) => parse<Webhook>(row['document']))
    .filter((webhook) => webhook.active === true);
}

const parse = <T>(text: unknown): T => parseExact(String(text)) as T;

/** The headers of the sandbox's signature: m3ter does not publish its own. */
export const SIGNATURE_HEADER = 'x-m3ter-sandbox-signature';
export const TIMESTAMP_HEADER = 'x-m3ter-sandbox-timestamp';
/** What the signature covers, in the words of WEBHOOK_CANONICAL_FORM. */
export const CANONICAL_FORM = '{timestamp}.{body}';

/** HMAC-SHA256 in hex over the timestamp (seconds since 1970), a full stop, and the body. */
export function signedHeaders({ credentials }: Webhook, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = createHmac('sha256', credentials.secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'content-type': 'application/json', [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: signature };
}
