/** The workbench's server: the page and its scripts, and everything the page asks of the org and of local m3ter. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { openSources } from '../shared/namespace.ts';
import { buildWorkbench } from './build.ts';
import type { WorkbenchBuild } from './build.ts';
import { BROWSER_DIR, ROOT } from './build/plugins.ts';
import { serveChanges } from './server/changes.ts';
import { forward } from './server/forward.ts';
import { SOURCE_LANGUAGE } from './languages.ts';
import { refuseOtherSites } from './server/guard.ts';
import { chosenLanguage, directionOf, languageCookie } from './server/language.ts';
import { cookieFor, signedIn } from './server/users.ts';
import type { WorkbenchUser } from './server/users.ts';

/** What the workbench needs of an org. */
export interface WorkbenchOrg {
  instanceUrl: string;
  users: WorkbenchUser[];
  /** Calls the listener after each committed change; returns how to stop. */
  onChange(listener: () => void): () => void;
}

export interface WorkbenchOptions {
  /** 0 takes a free port. */
  port: number;
  org: WorkbenchOrg;
  m3ter: { baseUrl: string };
  /** SFDX source folders; by default those of this repository. */
  sourceDirs?: string[];
  /** The namespace with which the org has the package, the first source folder. */
  namespace?: string;
  /** Folder that keeps between runs what was built. */
  cacheDir?: string;
  /** Told when something takes long, such as the first build; by default it goes to stderr. */
  log?: (text: string) => void;
}

export interface Workbench {
  url: string;
  close(): Promise<void>;
}

const SLDS_DIR = path.join(ROOT, 'node_modules/@salesforce-ux/design-system-2/dist/css/bundled');
const SOURCE_DIRS = [path.join(ROOT, 'force-app'), path.join(ROOT, 'unpackaged')];

// SLDS and the base components set styles in attributes; scripts come from this server only.
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

/** Builds the browser's part and serves it. Throws when a source does not compile or the port is busy. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const build = await buildFromSources(options);
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 10 * 1024 * 1024 });
  const port = (): number => (app.server.address() as AddressInfo).port;
  app.addHook('onRequest', refuseOtherSites(port));
  app.addHook('onSend', async (_request, reply) => {
    reply.header('Content-Security-Policy', POLICY);
    reply.header('X-Content-Type-Options', 'nosniff');
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  await serveFiles(app, build);
  // The agent signs in by itself; the workbench is for people.
  const org = { ...options.org, users: options.org.users.filter(({ alias }) => alias !== 'agent') };
  servePage(app, org, build);
  serveOrg(app, org);
  serveChanges(app, (listener) => options.org.onChange(listener));
  app.all('/workbench/m3ter/*', (request, reply) =>
    forward(request, reply, `${options.m3ter.baseUrl}/sandbox/${rest(request.url, '/workbench/m3ter/')}`),
  );
  try {
    await app.listen({ host: '127.0.0.1', port: options.port });
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${options.port} is in use. Stop what listens there, or choose another port.`, {
      cause: error,
    });
  }
  return { url: `http://127.0.0.1:${port()}`, close: () => app.close() };
}

async function buildFromSources({ sourceDirs, namespace, cacheDir, log }: WorkbenchOptions): Promise<WorkbenchBuild> {
  const sources = openSources(sourceDirs ?? SOURCE_DIRS, namespace);
  try {
    return await buildWorkbench({
      sourceDirs: sources.dirs,
      ...(namespace ? { namespace } : {}),
      ...(cacheDir ? { cacheDir } : {}),
      log: log ?? console.error,
    });
  } finally {
    sources.remove();
  }
}

async function serveFiles(app: FastifyInstance, build: WorkbenchBuild): Promise<void> {
  await app.register(fastifyStatic, {
    root: build.vendorDir,
    prefix: `${build.vendorUrl}/`,
    immutable: true,
    maxAge: '30d',
  });
  await app.register(fastifyStatic, { root: SLDS_DIR, prefix: '/slds/', decorateReply: false });
  app.get('/workbench/app.js', (_request, reply) =>
    reply.type('text/javascript').header('SourceMap', '/workbench/app.js.map').send(build.app.code),
  );
  app.get('/workbench/app.js.map', (_request, reply) => reply.type('application/json').send(build.app.map));
  const style = readFileSync(path.join(BROWSER_DIR, 'workbench.css'), 'utf8');
  app.get('/workbench/workbench.css', (_request, reply) => reply.type('text/css').send(style));
}

/** The page itself with the session in it, for every address of the app, and the switch to another user. */
function servePage(
  app: FastifyInstance,
  org: WorkbenchOrg,
  { languages: words, tabSettings, app: script, vendorUrl }: WorkbenchBuild,
): void {
  const template = readFileSync(path.join(BROWSER_DIR, 'index.html'), 'utf8');
  const languages = [SOURCE_LANGUAGE, ...words.keys()];
  // Without them the browser learns of a file only when it has read one that imports it.
  const preloads = script.imports.map((file) => `<link rel="modulepreload" href="${vendorUrl}/${file}" />`).join('\n');
  const ids = new Map<string, Promise<string>>();
  for (const url of ['/', '/lightning/*']) {
    app.get(url, async (request, reply) => {
      const user = signedIn(request, org.users);
      if (!ids.has(user.alias)) ids.set(user.alias, userId(org, user));
      const language = chosenLanguage(request, languages) ?? SOURCE_LANGUAGE;
      const parts: Readonly<Record<string, string>> = {
        language,
        direction: directionOf(language),
        preloads,
        session: inScript({
          user: { alias: user.alias, name: user.name, id: await ids.get(user.alias) },
          users: org.users.map(({ alias, name }) => ({ alias, name })),
          tabs: user.permissionSets.flatMap((name) => tabSettings.get(name) ?? []),
          language,
          languages,
        }),
        words: inScript(words.get(language) ?? {}),
      };
      return reply
        .type('text/html')
        .header('Cache-Control', 'no-store')
        .header('Set-Cookie', languageCookie(language))
        .send(
          template.replaceAll(
            /\{(language|direction|preloads|session|words)\}/g,
            (_, name: string) => parts[name] ?? '',
          ),
        );
    });
  }
  app.post('/workbench/session', async (request, reply) => {
    const { alias } = JSON.parse(String(request.body)) as { alias?: unknown };
    const user = org.users.find((one) => one.alias === alias);
    if (user === undefined) return reply.code(404).send({ message: `The org has no user ${String(alias)}.` });
    return reply.header('Set-Cookie', cookieFor(user)).code(204).send();
  });
}

/** JSON that cannot end the script it stands in. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Hands API calls on with the token of the user who is signed in, which the page never sees. */
function serveOrg(app: FastifyInstance, org: WorkbenchOrg): void {
  app.all('/services/data/*', (request, reply) =>
    forward(
      request,
      reply,
      `${org.instanceUrl}/services/data/${rest(request.url, '/services/data/')}`,
      authorization(signedIn(request, org.users)),
    ),
  );
}

async function userId(org: WorkbenchOrg, user: WorkbenchUser): Promise<string> {
  const response = await fetch(`${org.instanceUrl}/services/oauth2/userinfo`, { headers: authorization(user) });
  if (!response.ok) throw new Error(`The org does not know ${user.name}: ${response.status} ${response.statusText}.`);
  return ((await response.json()) as { user_id: string }).user_id;
}

const authorization = (user: WorkbenchUser): Record<string, string> => ({
  Authorization: `Bearer ${user.accessToken}`,
});

const rest = (url: string, prefix: string): string => url.slice(prefix.length);
