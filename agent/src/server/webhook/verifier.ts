import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { canonicalBytes } from './canonicalForm.ts';

/** A webhook as it arrived. */
export interface WebhookRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Gives the reason to refuse a webhook, or undefined when it is genuine. */
export type WebhookVerifier = (request: WebhookRequest) => string | undefined;

export interface SignatureOptions {
  readonly secret: string;
  /** Taken as well, until a date, so that the sender can change over. */
  readonly previous?: { readonly secret: string; readonly until: Date };
  readonly signatureHeader: string;
  readonly timestampHeader: string;
  /** Such as `{timestamp}.{body}`: see `canonicalBytes`. */
  readonly canonicalForm: string;
  /** Seconds that the timestamp may be off, either way. */
  readonly tolerance: number;
  readonly now: () => Date;
}

const DIGEST_BYTES = 32;

/**
 * HMAC-SHA256 over the canonical form, in hex or base64. m3ter does not publish its scheme (M3TER_SIGNED_REQUEST), so
 * header names and form are settings. A header may hold several signatures separated by commas or spaces, each with
 * or without a name in front (`v1=...`): one that fits is enough.
 */
export function signatureVerifier(options: SignatureOptions): WebhookVerifier {
  const isTimed = options.canonicalForm.includes('{timestamp}');
  return (request) => {
    const timestamp = header(request.headers, options.timestampHeader);
    if (isTimed) {
      if (timestamp === '') return `The header ${options.timestampHeader} is missing.`;
      const off = Math.abs(instantOf(timestamp) - options.now().getTime());
      if (!(off <= options.tolerance * 1000)) return 'The timestamp is not of now. Check both clocks.';
    }
    const given = header(request.headers, options.signatureHeader);
    if (given === '') return `The header ${options.signatureHeader} is missing.`;
    const bytes = canonicalBytes(options.canonicalForm, request, timestamp);
    const digests = secretsNow(options).map((secret) => createHmac('sha256', secret).update(bytes).digest());
    // Every pair is compared, so that the time does not tell which one fits.
    const matches = candidates(given).flatMap((one) => digests.map((digest) => timingSafeEqual(one, digest)));
    return matches.includes(true) ? undefined : 'The signature does not fit. Check the secret on both sides.';
  };
}

function secretsNow({ secret, previous, now }: SignatureOptions): string[] {
  return previous && now() < previous.until ? [secret, previous.secret] : [secret];
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name.toLowerCase()];
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim();
}

/** Milliseconds since 1970 of seconds, milliseconds or ISO 8601; NaN for anything else. */
function instantOf(text: string): number {
  if (!/^\d+$/.test(text)) return Date.parse(text);
  return text.length > 11 ? Number(text) : Number(text) * 1000;
}

function candidates(given: string): Buffer[] {
  return given
    .split(/[,\s]+/)
    .map((part) => part.replace(/^[A-Za-z0-9_-]{1,16}=(?=[^=])/, ''))
    .map((text) => Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64'))
    .filter(({ length }) => length === DIGEST_BYTES);
}
