import type { Runtime } from '../runtime.ts';
import { M3terNotFoundError, M3terResponseError } from './errors.ts';
import { M3terHttp, type M3terHttpOptions, type Query } from './http.ts';
import { readAccount, readBill, readExternalMapping, readLineItem } from './readResource.ts';
import type { Account, Bill, ExternalMapping, LineItem } from './resources.ts';

type Reader<T> = (item: unknown) => T | undefined;

export interface M3terClientOptions extends M3terHttpOptions {
  readonly orgId: string;
}

/** The most that one request can name or bring (m3ter's OpenAPI document). */
const PAGE_SIZE = 100;

/** Reads what the agent needs from m3ter's API. Every method throws the errors of `M3terHttp.get`. */
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

  /** All Bills, newest first, a page of up to 100 at a time. */
  listBills({ withLineItems }: { withLineItems: boolean }): AsyncGenerator<Bill[]> {
    return this.pages('/bills', readBill, { includeBillTotal: true, excludeLineItems: !withLineItems });
  }

  /** The Bills with these ids (at most 100), with Line Items; one that m3ter does not have is left out. */
  async getBills(ids: readonly string[]): Promise<Bill[]> {
    if (ids.length === 0) return [];
    const bills = await this.all('/bills', readBill, { ids, includeBillTotal: true });
    return Promise.all(bills.map((bill) => this.withLineItems(bill)));
  }

  /** One Bill, or undefined when m3ter does not have it. */
  async getBill(id: string): Promise<Bill | undefined> {
    try {
      return resource(await this.http.get(`${this.root}/bills/${encodeURIComponent(id)}`), readBill, '/bills/ID');
    } catch (error) {
      if (error instanceof M3terNotFoundError) return undefined;
      throw error;
    }
  }

  /** The Bill with its Line Items: those embedded in it, else those of the line item endpoint. */
  async withLineItems(bill: Bill): Promise<Bill> {
    return Array.isArray(bill.lineItems) ? bill : { ...bill, lineItems: await this.getLineItems(bill.id) };
  }

  getLineItems(billId: string): Promise<LineItem[]> {
    return this.all(`/bills/${encodeURIComponent(billId)}/lineitems`, readLineItem, {});
  }

  /** The Accounts with these ids (any number); one that m3ter does not have is left out. */
  async getAccounts(ids: readonly string[]): Promise<Account[]> {
    const parts = await Promise.all(chunks(ids).map((some) => this.all('/accounts', readAccount, { ids: some })));
    return parts.flat();
  }

  /** The External Mappings of these m3ter entities to Salesforce. */
  async listExternalMappings({ m3terIds }: { m3terIds: readonly string[] }): Promise<ExternalMapping[]> {
    const parts = await Promise.all(
      chunks(m3terIds).map((some) =>
        this.all('/externalmappings', readExternalMapping, { externalSystemId: 'Salesforce', m3terIds: some }),
      ),
    );
    return parts.flat();
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

function chunks(ids: readonly string[]): string[][] {
  const unique = [...new Set(ids)];
  return Array.from({ length: Math.ceil(unique.length / PAGE_SIZE) }, (_, index) =>
    unique.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
  );
}

function pageOf<T>(answer: unknown, read: Reader<T>, path: string): { data: T[]; nextToken: string | undefined } {
  const { data, nextToken } = (answer ?? {}) as { data?: unknown; nextToken?: unknown };
  if (!Array.isArray(data)) {
    throw new M3terResponseError(`m3ter answered GET ${path} without a list of data. Check M3TER_BASE_URL.`);
  }
  const resources = data.map((item) => resource(item, read, path));
  return { data: resources, nextToken: typeof nextToken === 'string' && nextToken !== '' ? nextToken : undefined };
}

function resource<T>(item: unknown, read: Reader<T>, path: string): T {
  const found = read(item);
  if (found !== undefined) return found;
  throw new M3terResponseError(`m3ter answered GET ${path} with something that has no id. Check M3TER_BASE_URL.`);
}
