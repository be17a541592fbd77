import {
  scriptedServer,
  type ScriptedAnswer,
  type ScriptedServer,
  type SeenRequest,
} from '../testing/scriptedServer.ts';
import { testRuntime, type TestRuntime } from '../testing/testRuntime.ts';
import { SalesforceConnection, type SalesforceOptions } from './connection.ts';
import type { SalesforceCredentials } from './credentials.ts';

export const CREDENTIALS: SalesforceCredentials = {
  kind: 'clientCredentials',
  clientId: 'app',
  clientSecret: 'hush',
};
export const ORG_ID = '00D000000000001AAA';

type Script = (request: SeenRequest, count: number) => ScriptedAnswer | Promise<ScriptedAnswer>;

/** The org that a test talks to, and its clock. */
export const scene = {} as { server: ScriptedServer; runtime: TestRuntime };

export const isSignIn = ({ url }: Pick<SeenRequest, 'url'>): boolean => url.startsWith('/services/oauth2/token');
export const calls = (): SeenRequest[] => scene.server.seen.filter((request) => !isSignIn(request));
export const signIns = (): SeenRequest[] => scene.server.seen.filter(isSignIn);
export const refusal = (errorCode: string, message = 'why'): ScriptedAnswer['body'] => [{ errorCode, message }];

/** A connection to an org that gives out `session-1`, `session-2` ... and answers the rest by script. */
export async function connect(
  script: Script,
  options: Partial<SalesforceOptions> = {},
  instanceUrl?: string,
): Promise<SalesforceConnection> {
  let sessions = 0;
  let count = 0;
  scene.server = await scriptedServer((request) => {
    if (!isSignIn(request)) return script(request, (count += 1));
    const { url } = scene.server;
    const id = `${url}/id/${ORG_ID}/005000000000001AAA`;
    return { body: { access_token: `session-${(sessions += 1)}`, instance_url: instanceUrl ?? url, id } };
  });
  scene.runtime = testRuntime();
  const { server, runtime } = scene;
  return new SalesforceConnection(
    { loginUrl: server.url, credentials: CREDENTIALS, concurrency: 4, ...options },
    runtime,
  );
}
