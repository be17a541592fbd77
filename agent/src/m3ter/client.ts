import { chunks } from '../chunks.ts';
import type { Runtime } from '../runtime.ts';
import { M3terAuthenticationError, M3terNotFoundError, M3terResponseError } from './errors.ts';
import { billHints, type BillHints } from './events.ts';
import { M3terHttp, type M3terHttpOptions, type Query, type RawAnswer } from './http.ts';
import { readAccount, readBill, readEvent, readExternalMapping, readLineItem } from './readResource.ts';
import type { Account, Bill, ExternalMapping, LineItem } from './resources.ts';

type Reader<T> = (item: unknown) => T | undefined;

export interface M3terClientOptions extends M3terHttpOptions {
  readonly orgId: string;
}

/** What m3ter calls Salesforce in External Mappings. */
const SYSTEM = 'Salesforce';
const PROBED = ['bills', 'accounts', 'externalmappings', 'events'] as const;

/** A m3ter Account and what it is in Salesforce. */
export interface NewMapping {
  readonly m3terId: string;
  /** A record id or an Account number. */
  readonly externalId: string;
  /** Ties the mapping to one integration. */
  readonly integrationConfigId?: string;
}

/** Whether a kind of things can be read; `error` says why not. */
export interface PermissionProbe {
  readonly what: (typeof PROBED)[number];
  readonly error?: string;
}

/** How m3ter writes a statement. */
export type StatementFormat = 'csv' | 'json';

/** The most that one request can name or bring (m3ter's OpenAPI document). */
const PAGE_SIZE = 100;

/** Which Bills are listed, and how. */
export interface BillList {
  readonly withLineItems: boolean;
  /** Dates as YYYY-MM-DD: the first one, and the one after the last (m3ter's billDateStart and billDateEnd). */
  readonly billDates?: { readonly from: string; readonly before: string };
}

/** What the agent needs of m3ter's API. Every method throws the errors of `M3terHttp.get`. */
export class M3terClient {
  private readonly http: M3terHttp;
  private readonly root: string;

  constructor(options: M3terClientOptions, runtime: Runtime) {
    this.http = new M3terHttp(options, runtime);
    this.root = `/organizations/${encodeURIComponent(options.orgId)}`;
  }

  get apiCalls(): number {
    return this.http.apiCalls;
  }

  /** The agent's share of what m3ter takes. */
  get requestsPerSecond(): number {
    return this.http.requestsPerSecond;
  }

  /** Keeps to an equal part of what m3ter takes, beside other workers. */
  shareWith(workers: number): void {
    this.http.shareWith(workers);
  }

  /** All Bills, or those with a bill date in a range, newest first, a page of up to 100 at a time. */
  listBills({ withLineItems, billDates }: BillList): AsyncGenerator<Bill[]> {
    return this.pages('/bills', readBill, {
      includeBillTotal: true,
      excludeLineItems: !withLineItems,
      billDateStart: billDates?.from,
      billDateEnd: billDates?.before,
    });
  }

  /** The Bills with these ids (at most 100), with Line Items; one that m3ter does not have is left out. */
  async getBills(ids: readonly string[]): Promise<Bill[]> {
    if (ids.length === 0) return [];
    const bills = await this.all('/bills', readBill, { ids, includeBillTotal: true });
    return Promise.all(bills.map((bill) => this.withLineItems(bill)));
  }

  /** One Bill, or undefined when m3ter does not have it. */
  async getBill(id: string): Promise<Bill | undefined> {
    const answer = await orUndefined(this.http.get(`${this.root}/bills/${encodeURIComponent(id)}`));
    return answer === undefined ? undefined : resource(answer, readBill, 'GET /bills/ID');
  }

  /** The Bill with its Line Items: those embedded in it, else those of the line item endpoint. */
  async withLineItems(bill: Bill): Promise<Bill> {
    return Array.isArray(bill.lineItems) ? bill : { ...bill, lineItems: await this.getLineItems(bill.id) };
  }

  getLineItems(billId: string): Promise<LineItem[]> {
    return this.all(`/bills/${encodeURIComponent(billId)}/lineitems`, readLineItem, {});
  }

  /**
   * A fresh address of the statement of a Bill, good for a short time and without a token; undefined when m3ter has made
   * none (m3ter's OpenAPI document, GetBillCsvStatement and GetBillJsonStatement).
   */
  async statementAddress(billId: string, format: StatementFormat): Promise<string | undefined> {
    const path = `/bills/${encodeURIComponent(billId)}/statement/${format}`;
    const answer = await orUndefined(this.http.get(this.root + path));
    if (answer === undefined) return undefined;
    const { downloadUrl } = (answer ?? {}) as { downloadUrl?: unknown };
    if (typeof downloadUrl === 'string' && /^https?:\/\//.test(downloadUrl)) return downloadUrl;
    throw new M3terResponseError(`m3ter answered GET ${path} without a web address. Check M3TER_BASE_URL.`);
  }

  /** The Accounts with these ids (any number); one that m3ter does not have is left out. */
  async getAccounts(ids: readonly string[]): Promise<Account[]> {
    const parts = await Promise.all(pagesOf(ids).map((some) => this.all('/accounts', readAccount, { ids: some })));
    return parts.flat();
  }

  /** All Accounts, newest first, a page of up to 100 at a time. */
  listAccounts(): AsyncGenerator<Account[]> {
    return this.pages('/accounts', readAccount, {});
  }

  /** The External Mappings of these m3ter entities to Salesforce. */
  async listExternalMappings({ m3terIds }: { m3terIds: readonly string[] }): Promise<ExternalMapping[]> {
    const parts = await Promise.all(
      pagesOf(m3terIds).map((some) =>
        this.all('/externalmappings', readExternalMapping, { externalSystemId: SYSTEM, m3terIds: some }),
      ),
    );
    return parts.flat();
  }

  /**
   * Maps a m3ter Account to a Salesforce Account.
   *
   * @throws {M3terUnavailableError} also when the mapping may have been made all the same: list them before another try
   */
  async createExternalMapping({ m3terId, externalId, integrationConfigId }: NewMapping): Promise<ExternalMapping> {
    const answer = await this.http.post(`${this.root}/externalmappings`, {
      m3terEntity: 'Account',
      m3terId,
      externalSystem: SYSTEM,
      externalTable: 'Account',
      externalId,
      ...(integrationConfigId === undefined ? {} : { integrationConfigId }),
    });
    return resource(answer, readExternalMapping, 'POST /externalmappings');
  }

  /**
   * The Bills that events of these names are about since an instant (included), each once, with its newest event; the
   * newest first. m3ter keeps events for 28 days.
   */
  events(names: readonly string[], since: Date): Promise<BillHints> {
    return billHints(
      (name) => this.pages('/events', readEvent, { eventName: name, includeActioned: true }),
      names,
      since,
    );
  }

  /**
   * Whether the access key may read what the agent needs: a small request for each.
   *
   * @throws {M3terUnavailableError} when m3ter cannot be asked
   * @throws {M3terAuthenticationError} when it refuses the key as a whole
   */
  async probe(): Promise<PermissionProbe[]> {
    const probes: PermissionProbe[] = [];
    for (const what of PROBED) {
      try {
        await this.http.get(`${this.root}/${what}`, { pageSize: 1 });
        probes.push({ what });
      } catch (error) {
        if (!(error instanceof M3terAuthenticationError) || error.status !== 403) throw error;
        probes.push({ what, error: error.message });
      }
    }
    return probes;
  }

  /**
   * m3ter's answer to a request below the organization, as it came and whatever its status.
   *
   * @param path with its query, such as `/externalmappings?pageSize=10`
   * @param body JSON text
   * @throws {M3terAuthenticationError | M3terUnavailableError} when there is no answer to pass on
   */
  forward(method: string, path: string, body?: string): Promise<RawAnswer> {
    return this.http.raw(method, this.root + path, body);
  }

  private async all<T>(path: string, read: Reader<T>, query: Query): Promise<T[]> {
    const found: T[] = [];
    for await (const page of this.pages(path, read, query)) found.push(...page);
    return found;
  }

  private async *pages<T>(path: string, read: Reader<T>, query: Query): AsyncGenerator<T[]> {
    const seen = new Set<string>();
    let nextToken: string | undefined;
    do {
      const answer = await this.http.get(this.root + path, { ...query, pageSize: PAGE_SIZE, nextToken });
      const page = pageOf(answer, read, path);
      nextToken = page.nextToken;
      if (nextToken !== undefined && seen.has(nextToken)) {
        throw new M3terResponseError(`m3ter pages GET ${path} in a circle. Report it to m3ter; try again later.`);
      }
      if (nextToken !== undefined) seen.add(nextToken);
      if (page.data.length > 0) yield page.data;
    } while (nextToken !== undefined);
  }
}

/** Undefined for what m3ter does not have. */
async function orUndefined(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof M3terNotFoundError) return undefined;
    throw error;
  }
}

/** Each id once, as many together as m3ter names in an answer. */
function pagesOf(ids: readonly string[]): string[][] {
  return chunks([...new Set(ids)], PAGE_SIZE);
}

function pageOf<T>(answer: unknown, read: Reader<T>, path: string): { data: T[]; nextToken: string | undefined } {
  const { data, nextToken } = (answer ?? {}) as { data?: unknown; nextToken?: unknown };
  if (!Array.isArray(data)) {
    throw new M3terResponseError(`m3ter answered GET ${path} without a list of data. Check M3TER_BASE_URL.`);
  }
  const resources = data.map((item) => resource(item, read, `GET ${path}`));
  return { data: resources, nextToken: typeof nextToken === 'string' && nextToken !== '' ? nextToken : undefined };
}

function resource<T>(item: unknown, read: Reader<T>, call: string): T {
  const found = read(item);
  if (found !== undefined) return found;
  throw new M3terResponseError(`m3ter answered ${call} with something that has no id. Check M3TER_BASE_URL.`);
}
