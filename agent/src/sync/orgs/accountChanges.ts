import type { ChangedAccount, Poll } from '../../salesforce/control/poll.ts';
import type { AccountsChanged } from './accountNews.ts';

/** Where the agent is in the changes of an org's Accounts. */
interface Place {
  /** The newest change that the org listed, by the org's clock. */
  readonly newest: Date;
  /** When the agent learned of it, by its own clock. */
  readonly advancedAt: Date;
  /** Those that were acted on and may be listed again. */
  readonly done: ReadonlySet<string>;
}

/** Of data loads that run side by side one may commit so much later than its Accounts say that they changed. */
const OVERLAP_MS = 2 * 60_000;

/**
 * Which changes of Accounts were acted on, by org. Salesforce tells the second in which a change began, so the last second
 * is always asked for again, and for a while the minutes before it.
 */
export class AccountChanges {
  private readonly places = new Map<string, Place>();

  /** The instant from which on changes are wanted; undefined before the first answer. */
  since(orgId: string, now: Date): Date | undefined {
    const place = this.places.get(orgId);
    if (!place) return undefined;
    const isRecent = now.getTime() - place.advancedAt.getTime() < OVERLAP_MS;
    return isRecent ? new Date(place.newest.getTime() - OVERLAP_MS) : place.newest;
  }

  /** Those of an answer, newest first, that were not acted on. */
  ahead(orgId: string, { accountsChanged = [], accountsSince, hasMoreAccounts }: Poll): AccountsChanged {
    const place = this.places.get(orgId);
    const changed = accountsChanged.filter((account) => !place?.done.has(versionOf(account)));
    // The same long list is told once, and again when it grows.
    const isAdvanced = place === undefined || (accountsSince ?? place.newest) > place.newest;
    return { changed, isCut: hasMoreAccounts && (isAdvanced || changed.length > 0) };
  }

  /** An answer was acted on; the first one only tells where to begin. */
  done(orgId: string, { accountsSince: since, accountsChanged = [] }: Poll, now: Date): void {
    if (!since) return;
    const before = this.places.get(orgId);
    if (!before) {
      // What changed before is looked at anyway.
      this.places.set(orgId, { newest: since, advancedAt: new Date(0), done: new Set() });
      return;
    }
    const isAdvanced = since.getTime() > before.newest.getTime();
    const newest = isAdvanced ? since : before.newest;
    const from = newest.getTime() - OVERLAP_MS;
    const listed = accountsChanged.filter(({ changedAt }) => changedAt && changedAt.getTime() >= from);
    // As long as nothing newer is known the same Accounts may be listed again.
    const kept = isAdvanced ? [] : before.done;
    this.places.set(orgId, {
      newest,
      advancedAt: isAdvanced ? now : before.advancedAt,
      done: new Set([...kept, ...listed.map(versionOf)]),
    });
  }
}

/** Of an Account that changes twice in a second both versions count. */
function versionOf({ id, m3terAccountId, accountNumber, changedAt }: ChangedAccount): string {
  return JSON.stringify([id, m3terAccountId, accountNumber, changedAt]);
}
