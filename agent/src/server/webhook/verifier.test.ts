import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { signatureVerifier, type SignatureOptions, type WebhookRequest } from './verifier.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const SECONDS = String(NOW.getTime() / 1000);
const BODY = Buffer.from('{"eventName":"billing.bill.updated","note":"é"}');

const options = (changes: Partial<SignatureOptions> = {}): SignatureOptions => ({
  secret: 'current',
  signatureHeader: 'X-M3ter-Signature',
  timestampHeader: 'X-M3ter-Timestamp',
  canonicalForm: '{timestamp}.{body}',
  tolerance: 300,
  now: () => NOW,
  ...changes,
});

const sign = (text: Buffer | string, secret = 'current', encoding: 'hex' | 'base64' = 'hex'): string =>
  createHmac('sha256', secret).update(text).digest(encoding);

const signed = (changes: { body?: Buffer; timestamp?: string; signature?: string } = {}): WebhookRequest => {
  const { body = BODY, timestamp = SECONDS } = changes;
  const signature = changes.signature ?? sign(Buffer.concat([Buffer.from(`${timestamp}.`), BODY]));
  const headers = { 'x-m3ter-signature': signature, 'x-m3ter-timestamp': timestamp };
  return { method: 'POST', path: '/webhooks/m3ter/a?b=c', headers, body };
};

describe('the signature of a webhook', () => {
  it('fits the bytes as they were sent', () => {
    assert.equal(signatureVerifier(options())(signed()), undefined);
  });

  it('does not fit when one byte changed', () => {
    const verify = signatureVerifier(options());
    for (let at = 0; at < BODY.length; at += 1) {
      const body = Buffer.from(BODY);
      body[at] = (body[at] ?? 0) ^ 1;
      assert.match(verify(signed({ body })) ?? '', /does not fit/);
    }
  });

  it('is refused when missing, of another secret, or no digest at all', () => {
    const verify = signatureVerifier(options());
    assert.match(verify(signed({ signature: '' })) ?? '', /X-M3ter-Signature is missing/);
    assert.match(verify(signed({ signature: sign(`${SECONDS}.${BODY.toString()}`, 'other') })) ?? '', /does not fit/);
    assert.match(verify(signed({ signature: 'aGVsbG8=' })) ?? '', /does not fit/);
  });

  it('is taken in base64, with a name in front, and beside another one', () => {
    const text = `${SECONDS}.${BODY.toString()}`;
    const verify = signatureVerifier(options());
    const good = sign(text, 'current', 'base64');
    for (const signature of [
      good,
      `v1=${good}`,
      `sha256=${sign(text)}`,
      `v1=${sign(text, 'other')},v1=${sign(text)}`,
    ]) {
      assert.equal(verify(signed({ signature })), undefined, signature);
    }
  });

  it('is refused when its timestamp is more than the tolerance away, on either side', () => {
    const verify = signatureVerifier(options());
    const at = (off: number): string => {
      const timestamp = String(NOW.getTime() / 1000 + off);
      return verify(signed({ timestamp, signature: sign(`${timestamp}.${BODY.toString()}`) })) ?? 'taken';
    };
    assert.deepEqual([at(-300), at(300)], ['taken', 'taken']);
    for (const off of [-301, 301]) assert.match(at(off), /timestamp is not of now/);
    assert.match(verify(signed({ timestamp: '' })) ?? '', /X-M3ter-Timestamp is missing/);
    assert.match(verify(signed({ timestamp: 'yesterday' })) ?? '', /timestamp is not of now/);
  });

  it('takes timestamps in seconds, milliseconds and ISO 8601', () => {
    const verify = signatureVerifier(options());
    for (const timestamp of [SECONDS, String(NOW.getTime()), NOW.toISOString()]) {
      assert.equal(verify(signed({ timestamp, signature: sign(`${timestamp}.${BODY.toString()}`) })), undefined);
    }
  });

  it('takes the previous secret until its date, and the current one before and after', () => {
    let now = NOW;
    const previous = { secret: 'previous', until: new Date(NOW.getTime() + 1000) };
    const verify = signatureVerifier(options({ previous, now: () => now }));
    const old = signed({ signature: sign(`${SECONDS}.${BODY.toString()}`, 'previous') });
    assert.equal(verify(old), undefined);
    assert.equal(verify(signed()), undefined);
    now = previous.until;
    assert.match(verify(old) ?? '', /does not fit/);
    assert.equal(verify(signed()), undefined);
  });

  it('covers what the canonical form says', () => {
    const canonicalForm = String.raw`{method}\n{path}\n{body}`;
    const verify = signatureVerifier(options({ canonicalForm }));
    const signature = sign(`POST\n/webhooks/m3ter/a?b=c\n${BODY.toString()}`);
    assert.equal(verify(signed({ signature, timestamp: '' })), undefined);
    assert.match(verify({ ...signed({ signature }), path: '/webhooks/m3ter/a' }) ?? '', /does not fit/);
  });
});
