import type { SignedIn } from '../org/signIn.ts';

/** How the API answered. */
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

type Fields = Record<string, unknown>;

/** The data API of an org, answers as they come, and the records that checks have made there. */
export class ProbeOrg {
  readonly version: string;
  /** What the package's names begin with in this org: nothing, or its namespace; undefined where it is not installed. */
  readonly prefix: string | undefined;
  private readonly signedIn: SignedIn;
  private readonly made: string[] = [];

  private constructor(signedIn: SignedIn, prefix: string | undefined) {
    this.signedIn = signedIn;
    this.version = signedIn.version;
    this.prefix = prefix;
  }

  static async open(signedIn: SignedIn): Promise<ProbeOrg> {
    const { status, body } = await new ProbeOrg(signedIn, undefined).get('sobjects');
    if (status !== 200) throw new Error(`The org answers ${status} when it is asked for its objects: ${shown(body)}`);
    const { sobjects } = body as { sobjects: Array<{ name: string }> };
    const bill = sobjects.map(({ name }) => /^(\w+?__)?Bill__c$/.exec(name)).find((match) => match !== null);
    return new ProbeOrg(signedIn, bill === undefined ? undefined : (bill[1] ?? ''));
  }

  /** The URL of a resource of the API as subrequests write it. */
  url(path: string): string {
    return `/services/data/v${this.version}/${path}`;
  }

  /** Sends a request to a resource below the version, or to a path that starts with a slash. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const { instanceUrl, accessToken } = this.signedIn;
    const isText = typeof body === 'string';
    const response = await fetch(new URL(path.startsWith('/') ? path : this.url(path), instanceUrl), {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  query(soql: string, headers?: Record<string, string>): Promise<Answer> {
    return this.get(`query?q=${encodeURIComponent(soql)}`, headers);
  }

  /** The records of a query. Throws what the org says when it refuses it. */
  async rows(soql: string): Promise<Fields[]> {
    const { status, body } = await this.query(soql);
    if (status !== 200) throw new Error(`The org refuses "${soql}": ${shown(body)}`);
    return (body as { records: Fields[] }).records;
  }

  /** Makes one record for a check. Throws what the org says when it refuses it. */
  async make(object: string, fields: Fields): Promise<string> {
    const { status, body } = await this.send('POST', `sobjects/${object}`, fields);
    if (status !== 201) throw new Error(`The org refuses a ${object} that a check needs: ${shown(body)}`);
    const { id } = body as { id: string };
    this.made.push(id);
    return id;
  }

  /** Remembers records that a check has made otherwise, from any answer that holds their ids. */
  remember(answer: Answer): Answer {
    this.made.push(...idsIn(answer.body));
    return answer;
  }

  /** Deletes every record that checks have made. */
  async tidyUp(): Promise<void> {
    for (const id of this.made.toReversed()) await this.send('DELETE', `composite/sobjects?ids=${id}`);
    this.made.length = 0;
  }
}

function idsIn(body: unknown): string[] {
  if (Array.isArray(body)) return body.flatMap(idsIn);
  if (typeof body !== 'object' || body === null) return [];
  const { id, success, ...rest } = body as { id?: unknown; success?: unknown };
  return [...(typeof id === 'string' && success === true ? [id] : []), ...Object.values(rest).flatMap(idsIn)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const LONGEST = 300;

/** An answer's body for people, cut where it is long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} ...` : text;
}
