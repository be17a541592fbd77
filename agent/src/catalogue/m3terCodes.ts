import { ofClass, type ErrorEntry } from './entry.ts';

/** Codes of m3ter's answers. Source of what it answers with: m3ter's OpenAPI document, responses of 4XX and 5XX. */
export const M3TER_CODES: readonly ErrorEntry[] = [
  ...ofClass('transient', [
    'M3TER_UNAVAILABLE',
    'm3ter cannot be reached, or cannot answer now.',
    'Network, proxy, TLS, or m3ter itself (408, 5xx).',
    'The agent tries again by itself. If it stays, check M3TER_BASE_URL and the network.',
  ]),
  ...ofClass('limit', [
    'M3TER_RATE_LIMIT',
    'm3ter takes no more requests for now (429).',
    'All users of the m3ter organization share its limits.',
    'The agent waits and goes on by itself. If it stays, lower M3TER_REQUESTS_PER_SECOND.',
  ]),
  ...ofClass('auth', [
    'M3TER_AUTHENTICATION',
    'm3ter refuses the access key, its token, or a permission (401, 403).',
    'Wrong, rotated or removed key, or a Permission Policy that lacks something; the message says what.',
    'Run m3ter-bills doctor. Then rotate the key, or give the Service User the permission.',
  ]),
  ...ofClass(
    'badData',
    [
      'M3TER_NOT_FOUND',
      'm3ter has no such thing (404).',
      'It was deleted, or M3TER_ORG_ID names another organization.',
      'Check the id and M3TER_ORG_ID.',
    ],
    [
      'M3TER_REQUEST',
      'm3ter refuses a request (4xx).',
      'The value that the message names, or an API that has changed.',
      'Correct what the message names; else report it with the version of the agent.',
    ],
    [
      'M3TER_RESPONSE',
      "m3ter's answer is not what its API documents.",
      'M3TER_BASE_URL points elsewhere, a proxy, or an API that has changed.',
      'Check M3TER_BASE_URL; else report it with the version of the agent.',
    ],
  ),
];
