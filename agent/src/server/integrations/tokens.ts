import { createHash, randomBytes } from 'node:crypto';
import type { CredentialInfo } from '../../vault/credential.ts';
import type { Credentials } from '../../vault/credentials.ts';

/** The clients of the Integrations API: credentials of kind apiClient. */
export type ApiClients = Pick<Credentials, 'apiClient' | 'list'>;

export interface IssuedToken {
  readonly text: string;
  /** Seconds. */
  readonly lifetime: number;
}

const LIFETIME_SECONDS = 3600;
/** A client that asks for a token with every call does not fill the memory. */
const MOST_TOKENS = 10_000;

/** Access tokens: random, for an hour, and only in memory, by their digests. */
export class AccessTokens {
  private readonly now: () => Date;
  private readonly issued = new Map<string, { readonly client: CredentialInfo; readonly until: number }>();

  constructor(now: () => Date) {
    this.now = now;
  }

  issue(client: CredentialInfo): IssuedToken {
    const text = randomBytes(32).toString('base64url');
    this.issued.set(digest(text), { client, until: this.now().getTime() + LIFETIME_SECONDS * 1000 });
    const [oldest] = this.issued.keys();
    if (this.issued.size > MOST_TOKENS && oldest !== undefined) this.issued.delete(oldest);
    return { text, lifetime: LIFETIME_SECONDS };
  }

  /** The client that holds the token, as it was then; undefined for a token that is unknown or over. */
  clientOf(text: string): CredentialInfo | undefined {
    const key = digest(text);
    const token = this.issued.get(key);
    if (token && token.until > this.now().getTime()) return token.client;
    this.issued.delete(key);
    return undefined;
  }
}

/** Looking up a digest tells nothing of the token by its time. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether the client is still there and has the secret that it signed in with. */
export async function isStillKnown(client: CredentialInfo, clients: ApiClients): Promise<boolean> {
  const known = (await clients.list()).find(({ kind, name }) => kind === 'apiClient' && name === client.name);
  return known !== undefined && known.rotatedAt?.getTime() === client.rotatedAt?.getTime();
}
