/** A request with this header is spared by faults: one that only looks at what happens. */
export const SPARED_HEADER = 'x-sandbox-spared';

/** A fault of a local server, the requests that it hits, and how often. */
export interface FaultRule<F> {
  /** Which requests: by method, and by a text that the path contains. Empty: all. */
  match: { method?: string; path?: string };
  /** How often it hits before it goes; without it, it stays. */
  times?: number;
  fault: F;
}

/** The rules in force; the first that matches is played. */
export class FaultRules<F> {
  readonly rules: Array<FaultRule<F>> = [];

  /** The fault for a request, among those that fit, counted down; undefined for none. */
  take(request: { method: string; path: string }, fits: (fault: F) => boolean): F | undefined {
    return this.takeRule((rule) => matches(rule, request) && fits(rule.fault));
  }

  /** The fault of the first rule that hits, counted down; undefined for none. */
  takeRule(hits: (rule: FaultRule<F>) => boolean): F | undefined {
    const rule = this.rules.find((one) => one.times !== 0 && hits(one));
    if (rule?.times !== undefined) rule.times -= 1;
    return rule?.fault;
  }
}

const matches = <F>({ match }: FaultRule<F>, { method, path }: { method: string; path: string }): boolean =>
  (match.method === undefined || match.method.toUpperCase() === method) &&
  (match.path === undefined || path.includes(match.path));

/** Whether a value from outside is a rule with a fault that can be played. */
export function isFaultRule<F>(
  value: unknown,
  isFault: (fault: Record<string, unknown>) => boolean,
): value is FaultRule<F> {
  const { match, times, fault } = (value ?? {}) as { match?: unknown; times?: unknown; fault?: object };
  return (
    typeof match === 'object' &&
    match !== null &&
    (times === undefined || (typeof times === 'number' && times >= 0)) &&
    isFault((fault ?? {}) as Record<string, unknown>)
  );
}

export const WRONG_RULE = 'Send {match: {method?, path?}, times?, fault: {kind, ...}} or a list of these.';
