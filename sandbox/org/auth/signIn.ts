import { timingSafeEqual, verify } from 'node:crypto';
import type { OrgUser } from '../model.ts';
import type { ConnectedApp } from './sessions.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** A refused sign-in, in OAuth's words: `{"error", "error_description"}`. */
export class SignInError extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.name = 'SignInError';
    this.error = error;
  }
}

export interface SignInContext {
  app: ConnectedApp;
  users: OrgUser[];
  /** Who the client credentials flow runs as. */
  runAs: OrgUser;
  /** URLs that a JWT may name as its audience, beside Salesforce's own login hosts. */
  audiences: string[];
  now: Date;
}

export type SignInForm = Record<string, string | undefined>;

/**
 * Who a token request signs in.
 *
 * @throws {SignInError} unsupported_grant_type, invalid_client_id, invalid_client or invalid_grant.
 */
export function signIn(form: SignInForm, context: SignInContext): OrgUser {
  if (form['grant_type'] === 'client_credentials') return byClientCredentials(form, context);
  if (form['grant_type'] === JWT_BEARER) return byJwt(form, context);
  throw new SignInError(
    'unsupported_grant_type',
    'grant type not supported: use client_credentials or the JWT bearer flow',
  );
}

/** The client's id and secret from an HTTP Basic header, where OAuth also allows them. */
export function basicCredentials(header: string | undefined): SignInForm {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return {};
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret.join(':')) };
}

function byClientCredentials(form: SignInForm, { app, runAs }: SignInContext): OrgUser {
  if (form['client_id'] !== app.clientId) throw new SignInError('invalid_client_id', 'client identifier invalid');
  if (!sameText(form['client_secret'] ?? '', app.clientSecret)) {
    throw new SignInError('invalid_client', 'invalid client credentials');
  }
  return runAs;
}

function byJwt(form: SignInForm, context: SignInContext): OrgUser {
  const claims = verifiedClaims(form['assertion'] ?? '', context.app.publicKey);
  if (claims['iss'] !== context.app.clientId) throw new SignInError('invalid_client_id', 'client identifier invalid');
  const audience = typeof claims['aud'] === 'string' ? claims['aud'].replace(/\/+$/, '') : '';
  const salesforce = ['https://login.salesforce.com', 'https://test.salesforce.com'];
  if (![...context.audiences, ...salesforce].includes(audience)) {
    throw new SignInError('invalid_grant', `audience is invalid: use ${context.audiences[0]}`);
  }
  if (typeof claims['exp'] !== 'number' || claims['exp'] * 1000 <= context.now.getTime()) {
    throw new SignInError('invalid_grant', 'assertion has expired: make a new one with exp in the future');
  }
  const subject = typeof claims['sub'] === 'string' ? claims['sub'].toLowerCase() : undefined;
  const user = context.users.find(({ username }) => username.toLowerCase() === subject);
  if (!user) throw new SignInError('invalid_grant', "user hasn't approved this consumer: sub names no user of the org");
  return user;
}

function verifiedClaims(assertion: string, publicKey: string): Record<string, unknown> {
  const [header = '', claims = '', signature = '', ...rest] = assertion.split('.');
  const isSigned =
    rest.length === 0 &&
    jsonPart(header)['alg'] === 'RS256' &&
    verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url'));
  if (!isSigned) throw new SignInError('invalid_grant', 'invalid assertion: it is not signed with the right key');
  return jsonPart(claims);
}

function jsonPart(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new SignInError('invalid_grant', 'invalid assertion: it is not a JSON web token');
  }
}

function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
