import { concealed } from '../vault/concealed.ts';
import type { Secrets } from './gather.ts';
import type { PlainSettings } from './settings.ts';

/** How a signed webhook is proved. m3ter does not publish its scheme, so that all of it is configuration. Concealed. */
export interface WebhookSignature {
  readonly secret: string;
  /** The secret before it, up to a time. */
  readonly previous?: { readonly secret: string; readonly until: Date };
  readonly signatureHeader: string;
  /** Empty when nothing says when it was sent. */
  readonly timestampHeader: string;
  /** With {body}, {timestamp}, {method}, {path}. */
  readonly canonicalForm: string;
  /** Seconds that the time of sending may be off. */
  readonly tolerance: number;
}

/** At least one of both guards the webhook. */
export interface WebhookSettings {
  /** The last part of the path. */
  readonly pathSecret: string | undefined;
  readonly signature: WebhookSignature | undefined;
}

const PATH_SECRET = /^[A-Za-z0-9_-]{16,200}$/;
const PLACEHOLDER = /\{([^{}]*)\}/g;
const PLACEHOLDERS = new Set(['body', 'timestamp', 'method', 'path']);
const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** The webhook's settings, which go together; undefined when there is no secret: then no webhook is received. */
export function webhookSettings(
  settings: PlainSettings,
  secrets: Secrets,
  problems: string[],
): WebhookSettings | undefined {
  const { webhookPathSecret: pathSecret, webhookSecret } = secrets;
  if (pathSecret && !PATH_SECRET.test(pathSecret)) {
    problems.push('WEBHOOK_PATH_SECRET is not 16 to 200 letters, digits, _ or -. Make one: openssl rand -hex 24');
  }
  problems.push(...(webhookSecret === undefined ? strayProblems(settings, secrets) : formProblems(settings)));
  if (webhookSecret !== undefined) {
    return concealed({ pathSecret, signature: signatureOf(settings, secrets, webhookSecret, problems) });
  }
  return pathSecret === undefined ? undefined : concealed({ pathSecret, signature: undefined });
}

function signatureOf(settings: PlainSettings, secrets: Secrets, secret: string, problems: string[]): WebhookSignature {
  const previous = previousSecret(settings, secrets, problems);
  return concealed({
    secret,
    ...(previous ? { previous } : {}),
    signatureHeader: settings.webhookSignatureHeader ?? '',
    timestampHeader: settings.webhookTimestampHeader ?? '',
    canonicalForm: canonicalForm(settings),
    tolerance: settings.webhookToleranceSeconds,
  });
}

function canonicalForm({ webhookCanonicalForm, webhookTimestampHeader }: PlainSettings): string {
  return webhookCanonicalForm ?? (webhookTimestampHeader === undefined ? '{body}' : '{timestamp}.{body}');
}

/** Settings that say nothing without WEBHOOK_SECRET. */
function strayProblems(settings: PlainSettings, secrets: Secrets): string[] {
  const stray = [
    ...(secrets.webhookSecretPrevious === undefined ? [] : ['WEBHOOK_SECRET_PREVIOUS']),
    ...(settings.webhookSecretPreviousUntil === undefined ? [] : ['WEBHOOK_SECRET_PREVIOUS_UNTIL']),
    ...(settings.webhookSignatureHeader === undefined ? [] : ['WEBHOOK_SIGNATURE_HEADER']),
    ...(settings.webhookTimestampHeader === undefined ? [] : ['WEBHOOK_TIMESTAMP_HEADER']),
    ...(settings.webhookCanonicalForm === undefined ? [] : ['WEBHOOK_CANONICAL_FORM']),
  ];
  if (stray.length === 0) return [];
  const verb = stray.length === 1 ? 'is' : 'are';
  return [`${stray.join(', ')} ${verb} set without WEBHOOK_SECRET. Set WEBHOOK_SECRET too, or take the rest out.`];
}

function formProblems(settings: PlainSettings): string[] {
  const { webhookSignatureHeader, webhookTimestampHeader } = settings;
  const form = canonicalForm(settings);
  const named = [...form.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
  const unknown = named.filter((name) => !PLACEHOLDERS.has(name));
  const problems: string[] = [];
  const say = (isWrong: boolean, problem: string): void => void (isWrong && problems.push(problem));
  say(
    webhookSignatureHeader === undefined,
    'WEBHOOK_SIGNATURE_HEADER is missing: WEBHOOK_SECRET needs it. Name the header that holds the signature.',
  );
  say(
    unknown.length > 0,
    `WEBHOOK_CANONICAL_FORM has {${unknown.join('}, {')}}. It knows {body}, {timestamp}, {method}, {path}.`,
  );
  say(!named.includes('body'), 'WEBHOOK_CANONICAL_FORM lacks {body}, so that the signature proves nothing. Put it in.');
  say(
    named.includes('timestamp') !== (webhookTimestampHeader !== undefined),
    'WEBHOOK_TIMESTAMP_HEADER and {timestamp} in WEBHOOK_CANONICAL_FORM go together: a time that is not signed proves ' +
      'nothing. Set both or neither.',
  );
  return problems;
}

function previousSecret(
  { webhookSecretPreviousUntil: until }: PlainSettings,
  { webhookSecretPrevious: secret }: Secrets,
  problems: string[],
): WebhookSignature['previous'] {
  if (secret === undefined && until === undefined) return undefined;
  if (secret === undefined || until === undefined) {
    problems.push(
      'WEBHOOK_SECRET_PREVIOUS and WEBHOOK_SECRET_PREVIOUS_UNTIL go together. Set both, or neither once the old secret ' +
        'is out of use.',
    );
    return undefined;
  }
  const time = TIME.test(until) ? Date.parse(until) : NaN;
  if (Number.isNaN(time)) {
    problems.push(
      `WEBHOOK_SECRET_PREVIOUS_UNTIL is ${JSON.stringify(until)}. Give a time such as 2026-12-31T18:00:00Z.`,
    );
    return undefined;
  }
  return concealed({ secret, until: new Date(time) });
}
