import { Connection } from 'jsforce';
import { PACKAGE_SOURCES, PROJECTS_SOURCE } from '../../fixtures/projects.ts';
import type { LocalOrgUser } from '../../server.ts';
import { startTestOrg } from '../../testServer.ts';
import type { TestClient } from '../../testServer.ts';

export const POLLING = { pollInterval: 5, pollTimeout: 60_000 };

/** An org with the package and with the projects, which are nothing of the package's. */
export function startProjectsOrg(): Promise<TestClient> {
  return startTestOrg({ sourceDirs: [...PACKAGE_SOURCES, PROJECTS_SOURCE] });
}

type Options = NonNullable<ConstructorParameters<typeof Connection>[0]>;

/** jsforce, as somebody would connect it who was given an access token. */
export function connectAs(
  client: TestClient,
  alias: LocalOrgUser['alias'] = 'admin',
  options: Options = {},
): Connection {
  return new Connection({
    instanceUrl: client.org.instanceUrl,
    accessToken: client.tokenOf(alias),
    version: '67.0',
    ...options,
  });
}

/** Projects with codes of a prefix and three digits. */
export function newProjects(prefix: string, count: number, more: Record<string, unknown> = {}) {
  return Array.from({ length: count }, (_, index) => {
    const code = `${prefix}${String(index).padStart(3, '0')}`;
    return { Code__c: code, Name: `Project ${code}`, ...more };
  });
}
