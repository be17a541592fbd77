import type { AddressInfo } from 'node:net';
import formBody from '@fastify/formbody';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { DataSet } from '../data/dataSet.ts';
import { registerOAuth } from './auth/oauth.ts';
import { requireSessions } from './auth/requestUser.ts';
import { Sessions } from './auth/sessions.ts';
import { openSources } from '../shared/namespace.ts';
import { loadDataSet } from './dataSetRecords.ts';
import { registerGraphql } from './graphql/register.ts';
import type { Org, OrgUser } from './model.ts';
import { openOrg } from './org.ts';
import type { OrganizationOptions } from './access/organization.ts';
import { tidyTarget } from './rest/apiUrl.ts';
import { registerEmails } from './rest/emails.ts';
import { prepareBodies, registerRest } from './rest/http.ts';
import { registerUndelete } from './rest/undelete.ts';
import { Usage } from './rest/usage.ts';
import { registerWriteLog } from './rest/writeLog.ts';
import { OrgClock } from './trouble/clock.ts';
import { Trouble } from './trouble/trouble.ts';
import { registerUiApi } from './uiapi/register.ts';

const HOST = '127.0.0.1';
/** Salesforce's largest upload. */
const LARGEST_BODY = 150 * 1024 * 1024;
/** Request line and headers together; Salesforce takes URLs of 16 KB. */
const LARGEST_HEADER = 32 * 1024;

export interface OrgServerOptions {
  /** 0 takes a free port. */
  port: number;
  /** SFDX source folders, such as force-app. */
  sourceDirs: string[];
  /** Has the first source folder as an installed package with this namespace; without it, as deployed sources. */
  namespace?: string;
  /** Where the org is kept; without it, in memory. */
  stateFile?: string;
  /** Accounts and integrations for an org that has none yet. */
  dataSet?: DataSet;
  /** What tells this org from others; record ids are the same in all of them, as in an org and its sandboxes. */
  organization?: OrganizationOptions;
  now?: () => Date;
}

export interface LocalOrgUser {
  alias: 'admin' | 'finance' | 'viewer' | 'agent';
  username: string;
  name: string;
  accessToken: string;
  /** By API name. */
  permissionSets: readonly string[];
}

export interface LocalOrg {
  instanceUrl: string;
  orgId: string;
  /** The administrator. */
  username: string;
  accessToken: string;
  /** The connected app; client credentials sign in the agent's user. */
  clientId: string;
  clientSecret: string;
  /** What the JWT bearer flow needs to sign in the agent's user; the key is PEM. */
  jwt: { username: string; clientId: string; privateKey: string };
  users: LocalOrgUser[];
  /** Calls the listener after each committed change; returns how to stop. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/**
 * Starts a local Salesforce org that answers on 127.0.0.1: OAuth, REST, GraphQL and UI API over the objects and rules
 * of the source folders. Tokens of its users stay valid when it is started again on the same state file.
 *
 * @throws when the port is busy, a source file cannot be used, or the org refuses the data set.
 */
export async function startOrg(options: OrgServerOptions): Promise<LocalOrg> {
  const clock = new OrgClock(options.now);
  const org = openWithSources(options, clock);
  try {
    if (options.dataSet) loadDataSet(org, userCalled(org, 'admin'), options.dataSet, options.namespace);
    const sessions = new Sessions(org);
    const { app, listen } = buildServer(org, sessions, clock);
    const instanceUrl = await listen(options.port);
    return describeOrg(org, sessions, app, instanceUrl);
  } catch (error) {
    org.close();
    throw error;
  }
}

function openWithSources(options: OrgServerOptions, clock: OrgClock): Org {
  const { sourceDirs, namespace, stateFile, organization } = options;
  const sources = openSources(sourceDirs, namespace);
  try {
    return openOrg({
      sourceDirs: sources.dirs,
      ...(stateFile ? { stateFile } : {}),
      now: clock.now,
      ...(organization ? { organization } : {}),
    });
  } finally {
    sources.remove();
  }
}

function buildServer(
  realOrg: Org,
  sessions: Sessions,
  clock: OrgClock,
): { app: FastifyInstance; listen: (port: number) => Promise<string> } {
  const usage = new Usage(clock.now);
  const trouble = new Trouble(realOrg, { clock, sessions, usage });
  const { org } = trouble;
  const app = Fastify({
    bodyLimit: LARGEST_BODY,
    forceCloseConnections: true,
    http: { maxHeaderSize: LARGEST_HEADER },
    rewriteUrl: (request) => tidyTarget(request.url ?? '/'),
    routerOptions: { maxParamLength: LARGEST_HEADER },
  });
  void app.register(formBody);
  prepareBodies(app);
  tellTheTime(app, org);
  registerWriteLog(app);
  trouble.register(app);
  requireSessions(app, sessions);
  registerOAuth(app, { org, sessions, runAs: userCalled(org, 'agent') });
  registerRest(app, org, usage);
  registerEmails(app, org);
  registerUndelete(app, org, userCalled(org, 'admin'));
  registerGraphql(app, org);
  registerUiApi(app, org);
  const listen = async (port: number): Promise<string> => {
    try {
      await app.listen({ host: HOST, port });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      throw new Error(`Port ${port} on ${HOST} is in use. Stop what uses it, or choose another with --port.`, {
        cause: error,
      });
    }
    return `http://${HOST}:${(app.server.address() as AddressInfo).port}`;
  };
  return { app, listen };
}

/** Clients compare their clock with the org's by the Date header. */
function tellTheTime(app: FastifyInstance, { now }: Org): void {
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.header('date', now().toUTCString());
    done();
  });
}

function describeOrg(org: Org, sessions: Sessions, app: FastifyInstance, instanceUrl: string): LocalOrg {
  const users = org.users.map((user) => ({
    alias: user.alias as LocalOrgUser['alias'],
    username: user.username,
    name: user.name,
    accessToken: sessions.standing(user),
    permissionSets: user.permissionSets,
  }));
  const admin = users.find(({ alias }) => alias === 'admin') as LocalOrgUser;
  const { clientId, clientSecret, privateKey } = sessions.app;
  return {
    instanceUrl,
    orgId: org.id,
    username: admin.username,
    accessToken: admin.accessToken,
    clientId,
    clientSecret,
    jwt: { username: userCalled(org, 'agent').username, clientId, privateKey },
    users,
    onChange: (listener) => org.onChange(listener),
    close: async () => {
      await app.close();
      org.close();
    },
  };
}

function userCalled(org: Org, alias: LocalOrgUser['alias']): OrgUser {
  const user = org.users.find((one) => one.alias === alias);
  if (!user) throw new Error(`The local org has no user "${alias}"; access/users.ts must name one.`);
  return user;
}
