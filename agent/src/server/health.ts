import type { FastifyInstance } from 'fastify';
import { errorMessage } from '../errors.ts';
import type { Store } from '../store/types.ts';
import type { AgentHealth, OrgHealth } from '../sync/types.ts';

export interface HealthParts {
  readonly health: () => AgentHealth | Promise<AgentHealth>;
  readonly store: { readonly facts: Pick<Store['facts'], 'get'> };
  /** Milliseconds between two looks at an org and at m3ter's events. */
  readonly controlPollMs: number;
  readonly eventsPollMs: number;
  readonly now: () => Date;
}

export interface HealthCheck {
  /** store, m3ter, salesforce, queue */
  readonly name: string;
  readonly isGood: boolean;
  /** Why it is not good; null when it is. */
  readonly cause: string | null;
}

/** A look may come late once or twice before it counts as missing. */
const LATE_LOOKS = 3;
const SLACK_MS = 60_000;
/** Without one Bill handled in that time, a queue that has work is stuck. */
const STUCK_MS = 15 * 60_000;

/**
 * `/health/live` says that the process answers; `/health/ready` that it does its work, or why not (503).
 *
 * @param lastOutcome when a Bill was last handled, whatever became of it
 */
export function healthRoutes(parts: HealthParts, lastOutcome: () => Date | undefined) {
  const queue = queueWatch(parts.now, lastOutcome);
  return (app: FastifyInstance, _: unknown, done: () => void): void => {
    app.get('/health/live', () => ({ status: 'live' }));
    app.get('/health/ready', async (_request, reply) => {
      const checks = await readiness(parts, queue);
      const isReady = checks.every(({ isGood }) => isGood);
      return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', checks });
    });
    done();
  };
}

type QueueWatch = (health: AgentHealth) => string | null;

async function readiness(parts: HealthParts, queue: QueueWatch): Promise<HealthCheck[]> {
  const check = (name: string, cause: string | null): HealthCheck => ({ name, isGood: cause === null, cause });
  try {
    await parts.store.facts.get('readiness');
  } catch (error) {
    return [check('store', errorMessage(error))];
  }
  const health = await parts.health();
  return [
    check('store', null),
    check('m3ter', m3terCause(health, parts)),
    check('salesforce', orgsCause(health.orgs, parts)),
    check('queue', queue(health)),
  ];
}

function m3terCause({ m3ter }: AgentHealth, { eventsPollMs, now }: HealthParts): string | null {
  const { detail, lastEventsPoll } = m3ter;
  if (detail !== null) return detail;
  return isLate(lastEventsPoll, eventsPollMs, now()) ? 'm3ter was not asked for changes lately.' : null;
}

/** One org that works is enough: the others say so themselves, and are not helped by a restart. */
function orgsCause(orgs: readonly OrgHealth[], { controlPollMs, now }: HealthParts): string | null {
  const isGood = (org: OrgHealth): boolean => org.isConnected && !isLate(org.lastPoll, controlPollMs, now());
  if (orgs.some(isGood)) return null;
  if (orgs.length === 0) return 'There is no Salesforce credential. Add one: m3ter-bills credential add';
  return orgs.map(({ credential, detail }) => `${credential}: ${detail ?? 'not reached lately.'}`).join(' ');
}

function isLate(last: Date | null, everyMs: number, now: Date): boolean {
  return last === null || now.getTime() - last.getTime() > LATE_LOOKS * everyMs + SLACK_MS;
}

/** Says when the queue has work for long and none gets done, except while the agent waits on purpose. */
function queueWatch(now: () => Date, lastOutcome: () => Date | undefined): QueueWatch {
  let idleAt = now();
  return ({ queue, orgs }) => {
    const isPaused = orgs.some(({ pausedUntil }) => pausedUntil !== null && pausedUntil > now());
    if (queue.queued + queue.active === 0 || isPaused) idleAt = now();
    const moved = Math.max(idleAt.getTime(), lastOutcome()?.getTime() ?? 0);
    if (now().getTime() - moved <= STUCK_MS) return null;
    return `${queue.queued} Bills wait and none was handled for ${STUCK_MS / 60_000} minutes. See the log, or restart.`;
  };
}
