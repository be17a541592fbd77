import { createRandom } from '../data/random.ts';
import type { Random } from '../data/random.ts';

/** A request with this header is spared by faults: one that only looks at what happens. */
export const SPARED_HEADER = 'x-sandbox-spared';

/** A fault of a local server, what it hits, and how often. */
export interface FaultRule<F> {
  /** Which requests: by method, and by a text that the path contains. Empty: all. */
  match: { method?: string; path?: string };
  /** How many of what it could hit pass first. */
  after?: number;
  /** How likely it hits, from 0 to 1; always without it. */
  chance?: number;
  /** Chance and durations follow from it: the same seed, the same trouble for the same requests. */
  seed?: string;
  /** How often it hits before it goes; without it, it stays. */
  times?: number;
  fault: F;
}

export interface FaultTarget {
  method: string;
  /** Without query. */
  path: string;
}

const DEFAULT_SEED = 'trouble';

/** The rules in force; the first that hits is played. */
export class FaultRules<F> {
  readonly rules: Array<FaultRule<F>> = [];
  private readonly passed = new WeakMap<FaultRule<F>, number>();
  private readonly randoms = new WeakMap<FaultRule<F>, Random>();

  /** The first rule that hits the request with a fault that fits, counted down; undefined for none. */
  take(target: FaultTarget, fits: (fault: F) => boolean): FaultRule<F> | undefined {
    const rule = this.rules.find(
      (one) => one.times !== 0 && matches(one, target) && fits(one.fault) && !this.letsPass(one),
    );
    if (rule?.times !== undefined) rule.times -= 1;
    return rule;
  }

  /** The rule's own sequence of random numbers, which its seed determines. */
  randomOf(rule: FaultRule<F>): Random {
    const random = this.randoms.get(rule) ?? createRandom(rule.seed ?? DEFAULT_SEED);
    this.randoms.set(rule, random);
    return random;
  }

  private letsPass(rule: FaultRule<F>): boolean {
    const passed = this.passed.get(rule) ?? 0;
    if (passed < (rule.after ?? 0)) {
      this.passed.set(rule, passed + 1);
      return true;
    }
    return rule.chance !== undefined && this.randomOf(rule).next() >= rule.chance;
  }
}

const matches = <F>({ match }: FaultRule<F>, { method, path }: FaultTarget): boolean =>
  (match.method === undefined || match.method.toUpperCase() === method) &&
  (match.path === undefined || path.includes(match.path));

/** Whether a value from outside is a rule with a fault that can be played. */
export function isFaultRule<F>(
  value: unknown,
  isFault: (fault: Record<string, unknown>) => boolean,
): value is FaultRule<F> {
  const { match, times, after, chance, seed, fault } = (value ?? {}) as Record<string, unknown>;
  const isCount = (count: unknown): boolean =>
    count === undefined || (Number.isSafeInteger(count) && Number(count) >= 0);
  return (
    typeof match === 'object' &&
    match !== null &&
    isCount(times) &&
    isCount(after) &&
    (chance === undefined || (typeof chance === 'number' && chance >= 0 && chance <= 1)) &&
    (seed === undefined || typeof seed === 'string') &&
    isFault((fault ?? {}) as Record<string, unknown>)
  );
}

export const WRONG_RULE =
  'Send {match: {method?, path?}, after?, chance?, seed?, times?, fault: {kind, ...}} or a list of these.';
