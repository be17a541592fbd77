import type { ChangedAccount, Poll } from '../../salesforce/control/poll.ts';

/** Where the agent is in the changes of an org's Accounts. */
interface Place {
  readonly since: Date;
  /** Those of that very second which were acted on: a question from then on lists them again. */
  readonly done: ReadonlySet<string>;
}

/**
 * Which changes of Accounts were acted on, by org. Salesforce tells the second of a change, so the last second is always
 * asked for again.
 */
export class AccountChanges {
  private readonly places = new Map<string, Place>();

  /** The instant from which on changes are wanted; undefined before the first answer. */
  since(orgId: string): Date | undefined {
    return this.places.get(orgId)?.since;
  }

  /** Those of an answer that were not acted on. */
  ahead(orgId: string, changed: readonly ChangedAccount[]): ChangedAccount[] {
    const done = this.places.get(orgId)?.done;
    return changed.filter((account) => !done?.has(versionOf(account)));
  }

  /** An answer was acted on; the first one only tells where to begin. */
  done(orgId: string, { accountsSince: since, accountsChanged = [] }: Poll): void {
    if (!since) return;
    const before = this.places.get(orgId);
    if (!before) {
      this.places.set(orgId, { since, done: new Set() });
      return;
    }
    const isSameSecond = before.since.getTime() === since.getTime();
    const last = accountsChanged.filter(({ changedAt }) => changedAt?.getTime() === since.getTime()).map(versionOf);
    this.places.set(orgId, { since, done: new Set([...(isSameSecond ? before.done : []), ...last]) });
  }
}

/** Of an Account that changes twice in a second both versions count. */
function versionOf({ id, m3terAccountId, accountNumber, changedAt }: ChangedAccount): string {
  return JSON.stringify([id, m3terAccountId, accountNumber, changedAt]);
}
