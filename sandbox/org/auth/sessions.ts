import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Org, OrgUser } from '../model.ts';

/** The org's one connected app: what clients sign in with. */
export interface ConnectedApp {
  clientId: string;
  clientSecret: string;
  /** PEM, for clients; the org itself checks signatures with the public key. */
  privateKey: string;
  publicKey: string;
}

/**
 * Access tokens and the connected app's keys. Both live in the org's own database, so that clients stay signed in
 * when the org is started again on the same state file.
 */
export class Sessions {
  readonly app: ConnectedApp;
  /** How long a session lasts that nobody uses, as the session settings of an org have it: two hours unless changed. */
  minutes = 120;
  private readonly org: Org;
  /** When a session was last used, in milliseconds by the org's clock; not known of those from before its start. */
  private readonly lastUse = new Map<string, number>();
  private readonly standingTokens = new Set<string>();

  constructor(org: Org) {
    this.org = org;
    org.sql.exec(
      'CREATE TABLE IF NOT EXISTS _auth_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);' +
        'CREATE TABLE IF NOT EXISTS _auth_session (token TEXT PRIMARY KEY, user_id TEXT NOT NULL);',
    );
    this.app = connectedApp(org.sql);
  }

  /** Signs a user in: a new access token `<org id>!<secret>`. */
  issue(user: OrgUser): string {
    const token = newToken(this.org);
    this.remember(token, user);
    this.lastUse.set(token, this.org.now().getTime());
    return token;
  }

  /**
   * A token of the user that is the same after each start, also when it was revoked in between, and does not end by
   * itself: for scripts and for the pages of the workbench.
   */
  standing(user: OrgUser): string {
    const token = setting(this.org.sql, `token:${user.id}`, () => newToken(this.org));
    this.standingTokens.add(token);
    this.remember(token, user);
    return token;
  }

  /** Whose token it is; undefined when the session has ended or never was. */
  userOf(token: string): OrgUser | undefined {
    const row = this.org.sql.prepare('SELECT user_id FROM _auth_session WHERE token = ?').get(token);
    const user = row && this.org.users.find(({ id }) => id === row['user_id']);
    if (!user || this.standingTokens.has(token) || this.isUsedInTime(token)) return user;
    this.revoke(token);
    return undefined;
  }

  private isUsedInTime(token: string): boolean {
    const now = this.org.now().getTime();
    const last = this.lastUse.get(token) ?? now;
    this.lastUse.set(token, now);
    return now - last < this.minutes * 60_000;
  }

  /** Ends a session; true when there was one. */
  revoke(token: string): boolean {
    return this.org.sql.prepare('DELETE FROM _auth_session WHERE token = ?').run(token).changes > 0;
  }

  private remember(token: string, user: OrgUser): void {
    this.org.sql.prepare('INSERT OR IGNORE INTO _auth_session (token, user_id) VALUES (?, ?)').run(token, user.id);
  }
}

function newToken(org: Org): string {
  return `${org.id.slice(0, 15)}!${randomBytes(48).toString('base64url')}`;
}

function connectedApp(sql: DatabaseSync): ConnectedApp {
  const privateKey = setting(sql, 'private key', () => {
    const { privateKey: made } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return made.export({ type: 'pkcs8', format: 'pem' }).toString();
  });
  return {
    clientId: setting(sql, 'client id', () => `3MVG9${randomBytes(36).toString('base64url')}`),
    clientSecret: setting(sql, 'client secret', () => randomBytes(32).toString('hex').toUpperCase()),
    privateKey,
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  };
}

function setting(sql: DatabaseSync, name: string, make: () => string): string {
  const row = sql.prepare('SELECT value FROM _auth_setting WHERE name = ?').get(name);
  if (row) return row['value'] as string;
  const value = make();
  sql.prepare('INSERT INTO _auth_setting (name, value) VALUES (?, ?)').run(name, value);
  return value;
}
