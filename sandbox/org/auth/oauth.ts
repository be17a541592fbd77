import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Org, OrgUser } from '../model.ts';
import { bearerToken } from './requestUser.ts';
import type { Sessions } from './sessions.ts';
import { basicCredentials, signIn, SignInError } from './signIn.ts';
import type { SignInForm } from './signIn.ts';

const SCOPE = 'api id refresh_token';

export interface OAuthOptions {
  org: Org;
  sessions: Sessions;
  /** Who client credentials sign in. */
  runAs: OrgUser;
}

/** The org's own URL, by the name that the client calls it: it may stand behind a proxy. */
const instanceUrl = ({ headers }: FastifyRequest): string => `http://${headers.host}`;

/**
 * The identity endpoints: token, userinfo, revoke and the identity URL.
 * Source: Salesforce Help, "OAuth 2.0 Client Credentials Flow", "OAuth 2.0 JWT Bearer Flow", "Identity URLs".
 */
export function registerOAuth(app: FastifyInstance, options: OAuthOptions): void {
  app.post('/services/oauth2/token', (request, reply) => answerToken(options, request, reply));
  app.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/userinfo',
    handler: (request, reply) => {
      const user = signedInUser(options, request);
      return user
        ? reply.send(userInfo(options, request, user))
        : reply.code(403).type('text/plain').send('Bad_OAuth_Token');
    },
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/revoke',
    handler: (request, reply) => {
      const token = formOf(request)['token'] ?? '';
      if (options.sessions.revoke(token)) return reply.code(200).send('');
      return reply.code(400).send({ error: 'unsupported_token_type', error_description: 'this token is not known' });
    },
  });
  app.get('/id/:org/:user', (request, reply) => {
    const user = signedInUser(options, request);
    const { user: userId } = request.params as { user: string };
    if (!user) return reply.code(403).type('text/plain').send('Bad_OAuth_Token');
    if (user.id.slice(0, 15) !== userId.slice(0, 15)) return reply.code(404).type('text/plain').send('Wrong_User');
    return reply.send(identity(options, request, user));
  });
}

function answerToken(options: OAuthOptions, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { org, sessions } = options;
  try {
    const form = { ...formOf(request), ...basicCredentials(request.headers.authorization) };
    const user = signIn(form, {
      app: sessions.app,
      users: org.users,
      runAs: options.runAs,
      audiences: [instanceUrl(request)],
      now: org.now(),
    });
    return reply.send(tokenAnswer(options, request, user));
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    return reply.code(400).send({ error: error.error, error_description: error.message });
  }
}

function tokenAnswer(options: OAuthOptions, request: FastifyRequest, user: OrgUser): Record<string, string> {
  const id = identityUrl(options, request, user);
  const issuedAt = String(options.org.now().getTime());
  const { clientSecret } = options.sessions.app;
  return {
    access_token: options.sessions.issue(user),
    signature: createHmac('sha256', clientSecret)
      .update(id + issuedAt)
      .digest('base64'),
    scope: SCOPE,
    instance_url: instanceUrl(request),
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
}

function identityUrl({ org }: OAuthOptions, request: FastifyRequest, user: OrgUser): string {
  return `${instanceUrl(request)}/id/${org.id}/${user.id}`;
}

function identity(options: OAuthOptions, request: FastifyRequest, user: OrgUser): Record<string, unknown> {
  const info = userInfo(options, request, user);
  return {
    id: info['sub'],
    asserted_user: true,
    user_id: user.id,
    organization_id: options.org.id,
    username: user.username,
    nick_name: user.alias,
    display_name: user.name,
    email: user.username,
    email_verified: true,
    first_name: info['given_name'],
    last_name: info['family_name'],
    timezone: user.timeZone,
    active: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: user.locale,
    utcOffset: 0,
    urls: info['urls'],
  };
}

function userInfo(options: OAuthOptions, request: FastifyRequest, user: OrgUser): Record<string, unknown> {
  const base = instanceUrl(request);
  const rest = `${base}/services/data/v{version}/`;
  const [givenName = '', ...familyName] = user.name.split(' ');
  return {
    sub: identityUrl(options, request, user),
    user_id: user.id,
    organization_id: options.org.id,
    preferred_username: user.username,
    nickname: user.alias,
    name: user.name,
    email: user.username,
    email_verified: true,
    given_name: givenName,
    family_name: familyName.join(' '),
    zoneinfo: user.timeZone,
    locale: user.locale,
    user_type: 'STANDARD',
    active: true,
    urls: {
      rest,
      sobjects: `${rest}sobjects/`,
      query: `${rest}query/`,
      search: `${rest}search/`,
      profile: `${base}/${user.id}`,
      custom_domain: base,
    },
  };
}

function signedInUser({ sessions }: OAuthOptions, request: FastifyRequest): OrgUser | undefined {
  const token =
    bearerToken(request.headers.authorization) ?? formOf(request)['oauth_token'] ?? formOf(request)['access_token'];
  return sessions.userOf(token ?? '');
}

function formOf(request: FastifyRequest): SignInForm {
  return { ...(request.query as SignInForm), ...(request.body as SignInForm | null) };
}
