import path from 'node:path';
import { after } from 'node:test';
import { parseExact, stringifyExact } from '../shared/exactJson.ts';
import { startOrg } from './server.ts';
import type { LocalOrg, LocalOrgUser, OrgServerOptions } from './server.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A local org with the project's own metadata for a test file, closed when the file's tests have ended. */
export async function startTestOrg(options: Partial<OrgServerOptions> = {}): Promise<TestClient> {
  const org = await startOrg({ port: 0, sourceDirs: ['force-app', 'unpackaged'].map(inRepository), ...options });
  after(() => org.close());
  return new TestClient(org);
}

/** An absolute path in the repository. */
export function inRepository(relative: string): string {
  return path.join(ROOT, relative);
}

export interface TestAnswer {
  status: number;
  body: unknown;
  headers: Headers;
}

/** Sends plain HTTP requests as one of the org's users. */
export class TestClient {
  readonly org: LocalOrg;

  constructor(org: LocalOrg) {
    this.org = org;
  }

  tokenOf(alias: LocalOrgUser['alias']): string {
    return this.org.users.find((user) => user.alias === alias)?.accessToken ?? '';
  }

  /** Sends a request to a path below /services/data/v67.0, or to one that starts with a slash. */
  async send(
    method: string,
    target: string,
    body?: unknown,
    alias: LocalOrgUser['alias'] = 'agent',
  ): Promise<TestAnswer> {
    const url = target.startsWith('/') ? target : `/services/data/v67.0/${target}`;
    const response = await fetch(this.org.instanceUrl + url, {
      method,
      headers: {
        authorization: `Bearer ${this.tokenOf(alias)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: stringifyExact(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : parseExact(text), headers: response.headers };
  }

  async query(soql: string, alias: LocalOrgUser['alias'] = 'admin'): Promise<Array<Record<string, unknown>>> {
    const { body } = await this.send('GET', `query?q=${encodeURIComponent(soql)}`, undefined, alias);
    return (body as { records: Array<Record<string, unknown>> }).records;
  }
}

/** A Bill with the fields that it cannot do without. */
export function bill(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { M3ter_Bill_Id__c: id, ...billFields(id, more) };
}

/** The same without its external id, for requests that have it in the URL. */
export function billFields(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Name: `INV-${id}`,
    Source_Version__c: 1,
    Line_Item_Count__c: 0,
    Sync_State__c: 'Complete',
    Currency_Code__c: 'USD',
    ...more,
  };
}
