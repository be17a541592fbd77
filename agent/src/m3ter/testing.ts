import {
  scriptedServer,
  type ScriptedAnswer,
  type ScriptedServer,
  type SeenRequest,
} from '../testing/scriptedServer.ts';
import { testRuntime, type TestRuntime } from '../testing/testRuntime.ts';
import { M3terClient } from './client.ts';

type Script = (request: SeenRequest, count: number) => ScriptedAnswer;

/** The m3ter that a test talks to, and its clock. */
export const scene = {} as { server: ScriptedServer; runtime: TestRuntime };

export const keysOf = (apiSecret: string) => () => Promise.resolve({ apiKey: 'key', apiSecret });
export const calls = (): SeenRequest[] => scene.server.seen.filter(({ url }) => url !== '/oauth/token');
export const signIns = (): SeenRequest[] => scene.server.seen.filter(({ url }) => url === '/oauth/token');

/** A client of a m3ter that gives out `token-1`, `token-2` ... and answers the rest by script. */
export async function clientOf(script: Script, options: { timeout?: number } = {}): Promise<M3terClient> {
  let tokens = 0;
  let count = 0;
  scene.server = await scriptedServer((request) => {
    if (request.url !== '/oauth/token') return script(request, (count += 1));
    return { body: { access_token: `token-${(tokens += 1)}`, expires_in: 18_000 } };
  });
  scene.runtime = testRuntime();
  return new M3terClient(
    { baseUrl: scene.server.url, orgId: 'org', keys: keysOf('secret'), requestsPerSecond: 50, ...options },
    scene.runtime,
  );
}
