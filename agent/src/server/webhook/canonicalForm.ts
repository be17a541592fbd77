import type { WebhookRequest } from './verifier.ts';

const PLACEHOLDERS = /\{(timestamp|body|method|path)\}/;

/**
 * The bytes that a signature covers: the form with `{timestamp}` (as sent), `{body}` (as sent), `{method}` and
 * `{path}` (with query) filled in; `\n` stands for a line end.
 */
export function canonicalBytes(form: string, request: WebhookRequest, timestamp: string): Buffer {
  // Splitting by a pattern with a group gives text and names in turn.
  const parts = form.split(PLACEHOLDERS).map((part, index) => {
    if (index % 2 === 0) return Buffer.from(part.replaceAll('\\n', '\n'));
    if (part === 'body') return request.body;
    if (part === 'timestamp') return Buffer.from(timestamp);
    return Buffer.from(part === 'method' ? request.method : request.path);
  });
  return Buffer.concat(parts);
}
