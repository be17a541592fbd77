import type { AccountKeys } from '../../rules/accountMatch.ts';

/** Accounts that changed in an org. */
export interface AccountsChanged {
  readonly changed: readonly AccountKeys[];
  /** More changed than are given. */
  readonly isCut: boolean;
}

/** Of more than these it is cheaper to look at everything that waits. */
const MOST_TOLD = 10_000;

/**
 * Accounts that changed while somebody decided about Bills. Such a Bill may wait for one of them, and whoever looked what
 * waits did not see it yet.
 */
export class AccountNews {
  private readonly listeners = new Set<AccountsChanged[]>();
  private readonly missed: AccountsChanged[] = [];

  /**
   * Keeps what changes while `decide` decides about Bills and remembers what it decided.
   *
   * @param doesAnyWait whether any of these Bills waits for an Account; what came of `decide` tells
   */
  async during<Result>(decide: () => Promise<Result>, doesAnyWait: (result: Result) => boolean): Promise<Result> {
    const heard: AccountsChanged[] = [];
    this.listeners.add(heard);
    let isToKeep = true;
    try {
      const result = await decide();
      isToKeep = doesAnyWait(result);
      return result;
    } finally {
      this.listeners.delete(heard);
      if (isToKeep) this.missed.push(...heard);
    }
  }

  tell(news: AccountsChanged): void {
    if (news.changed.length === 0 && !news.isCut) return;
    for (const heard of this.listeners) heard.push(news);
  }

  /** Everything that is to be looked at: what changed now, and what was heard and kept. */
  with({ changed, isCut }: AccountsChanged): { news: AccountsChanged; done: () => void } {
    const { missed } = this;
    const taken = missed.length;
    const all = new Set([...changed, ...missed.flatMap((each) => each.changed)]);
    const news = { changed: [...all], isCut: isCut || all.size > MOST_TOLD || missed.some((each) => each.isCut) };
    // What was kept since then stays, though several may have heard the same.
    return { news, done: () => void this.missed.splice(0, taken) };
  }
}
