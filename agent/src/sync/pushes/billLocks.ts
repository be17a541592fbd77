interface Holder {
  /** Undefined: all Bills. */
  readonly bills: ReadonlySet<string> | undefined;
  readonly ended: Promise<unknown>;
}

/** Lets work on different Bills run side by side, and work on the same Bill one after the other, as it was asked for. */
export class BillLocks {
  private readonly holders = new Set<Holder>();

  run<T>(billIds: Iterable<string>, work: () => Promise<T>): Promise<T> {
    return this.after(new Set(billIds), work);
  }

  /** Waits for all work that was asked for before, and holds up all that comes after. */
  runAlone<T>(work: () => Promise<T>): Promise<T> {
    return this.after(undefined, work);
  }

  private after<T>(bills: Holder['bills'], work: () => Promise<T>): Promise<T> {
    const earlier = [...this.holders].filter((holder) => overlap(holder.bills, bills));
    const result = Promise.all(earlier.map(({ ended }) => ended)).then(work);
    const holder: Holder = { bills, ended: result.catch(() => undefined).finally(() => this.holders.delete(holder)) };
    this.holders.add(holder);
    return result;
  }
}

function overlap(a: Holder['bills'], b: Holder['bills']): boolean {
  return a === undefined || b === undefined || !a.isDisjointFrom(b);
}
