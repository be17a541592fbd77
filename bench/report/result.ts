/** One way of writing one load under one latency model. */
export interface Row {
  readonly load: string;
  /** Who wrote: `m3ter-bills`, or a peer's name. */
  readonly peer: string;
  readonly latency: string;
  readonly bills: number;
  readonly lines: number;
  readonly seconds: number;
  /** Calls to Salesforce that count against its allowance. */
  readonly calls: number;
  readonly billsPerSecond: number;
  /** How many times the time of the floor it took; null without latency, where the floor is nothing. */
  readonly timesFloor: number | null;
  readonly floor: { readonly calls: number; readonly seconds: number };
  /** Fewer Bills were written, and the figures are for all of them. */
  readonly extrapolatedFrom?: number;
}

/** What was wrong after the same load, or during it. */
export interface Correctness {
  readonly peer: string;
  readonly latency: string;
  /** Bills that a reader saw with fewer or other lines than they have, and not marked as being written. */
  readonly halfWritten: number;
  /** Line Items left after a recalculation that the Bills no longer have. */
  readonly staleLines: number;
  /** Records too many after a load that was killed in the middle and repeated. */
  readonly duplicates: number;
  /** Bills that were half-written when the load was killed, until it was repeated. */
  readonly halfWrittenAfterKill: number;
}

/** A figure and what it has to be. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** As text, such as `<= 18`. */
  readonly target: string;
  readonly holds: boolean;
  /** Where and how it was measured, or why it does not hold. */
  readonly note?: string;
}

/** What one part of the bench found. */
export interface Findings {
  readonly rows?: readonly Row[];
  readonly correctness?: readonly Correctness[];
  readonly targets?: readonly Target[];
}

export interface BenchResult {
  readonly measuredAt: string;
  readonly machine: {
    readonly cores: number;
    readonly memoryGb: number;
    readonly node: string;
    readonly platform: string;
  };
  readonly isQuick: boolean;
  readonly seconds: number;
  readonly rows: readonly Row[];
  readonly correctness: readonly Correctness[];
  readonly targets: readonly Target[];
  /** Parts that broke off, and why. */
  readonly errors: readonly { readonly part: string; readonly message: string }[];
}

export function atMost(name: string, value: number, limit: number, unit: string, note?: string): Target {
  return { name, value, unit, target: `<= ${limit}`, holds: value <= limit, ...(note === undefined ? {} : { note }) };
}

export function atLeast(name: string, value: number, limit: number, unit: string, note?: string): Target {
  return { name, value, unit, target: `>= ${limit}`, holds: value >= limit, ...(note === undefined ? {} : { note }) };
}
