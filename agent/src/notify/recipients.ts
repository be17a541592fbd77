import type { FactStore } from '../store/types.ts';

/** What the notifier takes from an org. */
export interface OrgMail {
  /** Active users with an e-mail address; others are left out. */
  users(ids: readonly string[]): Promise<readonly { readonly id: string; readonly email: string }[]>;
  sendEmail(mail: {
    readonly addresses: readonly string[];
    readonly subject: string;
    readonly body: string;
  }): Promise<unknown>;
}

/**
 * The e-mail addresses of users. What an org once told is remembered, so that people can be reached by SMTP while the
 * org cannot be asked.
 */
export class Recipients {
  private readonly facts: Pick<FactStore, 'get' | 'set'>;

  constructor(facts: Pick<FactStore, 'get' | 'set'>) {
    this.facts = facts;
  }

  /** Asks the org and remembers its answer, which takes the place of what was remembered of these users. */
  async ask(org: OrgMail, orgId: string, userIds: readonly string[]): Promise<string[]> {
    const found = await org.users(userIds);
    const known = await this.known(orgId);
    for (const id of userIds) delete known[id];
    for (const { id, email } of found) known[id] = email;
    await this.facts.set(factName(orgId), JSON.stringify(known));
    return distinct(found.map(({ email }) => email));
  }

  /** What is remembered of these users. */
  async remembered(orgId: string, userIds: readonly string[]): Promise<string[]> {
    const known = await this.known(orgId);
    return distinct(userIds.map((id) => known[id]).filter((email) => email !== undefined));
  }

  private async known(orgId: string): Promise<Record<string, string>> {
    return JSON.parse((await this.facts.get(factName(orgId))) ?? '{}') as Record<string, string>;
  }
}

function factName(orgId: string): string {
  return `notify.addresses.${orgId}`;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
