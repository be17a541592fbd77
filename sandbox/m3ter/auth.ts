import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { stringifyExact } from '../shared/exactJson.ts';
import { ApiError } from './apiError.ts';
import type { Credentials } from './store.ts';

/** Seconds that an access token is good for. */
const TOKEN_LIFETIME = 18_000;

export interface Auth {
  /** Adds the token endpoint: OAuth client credentials with HTTP Basic, JSON or form body. */
  register(app: FastifyInstance): void;
  /** @throws {ApiError} 401 unless the header holds a token that was given out and has not expired */
  check(authorization: string | undefined): void;
}

export function createAuth(credentials: Credentials, now: () => Date): Auth {
  const expiries = new Map<string, number>();
  const expected = Buffer.from(`${credentials.apiKey}:${credentials.apiSecret}`);
  const issue = (): string => {
    for (const [token, expiry] of expiries) if (expiry <= now().getTime()) expiries.delete(token);
    const token = randomBytes(32).toString('base64url');
    expiries.set(token, now().getTime() + TOKEN_LIFETIME * 1000);
    return token;
  };
  return {
    register: (app) => {
      app.post<{ Body: { grant_type?: unknown } | undefined }>('/oauth/token', ({ headers, body }) => {
        if (!same(basicCredentials(headers.authorization), expected)) {
          throw new ApiError(401, 'The access key or its secret is wrong. Send them with HTTP Basic authentication.');
        }
        if (body?.grant_type !== 'client_credentials')
          throw new ApiError(400, 'grant_type must be client_credentials.');
        return stringifyExact({ access_token: issue(), expires_in: TOKEN_LIFETIME, token_type: 'Bearer' });
      });
    },
    check: (authorization) => {
      const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
      if ((expiries.get(token) ?? 0) <= now().getTime()) {
        throw new ApiError(401, 'The access token is missing, unknown or expired. Ask /oauth/token for a new one.');
      }
    },
  };
}

function basicCredentials(authorization: string | undefined): Buffer {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  return Buffer.from(encoded, 'base64');
}

const same = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
