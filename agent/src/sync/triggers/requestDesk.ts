import { errorMessage } from '../../errors.ts';
import type { Poll } from '../../salesforce/control/poll.ts';
import type { Runtime } from '../../runtime.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import type { RequestHandler } from '../types.ts';

export interface RequestDeskParts {
  readonly handler: RequestHandler;
  readonly runtime: Runtime;
  /** The same for every start of the same agent. */
  readonly agentKey: string;
  /** No other process can have taken a request under this key. */
  readonly isAlone: boolean;
}

/** Requests that are carried out at the same time; the others wait in the org. */
const MOST_AT_ONCE = 8;
const MOST_REMEMBERED = 1000;
/** A request that runs for longer was left behind by a process that died. */
const LOST_AFTER_MS = 3_600_000;

/** Takes people's requests from the orgs, each once, and has them carried out. */
export class RequestDesk {
  private readonly parts: RequestDeskParts;
  private readonly claim: string;
  private readonly running = new Map<string, Promise<void>>();
  /** The latest whose result was written: a look that began before it still shows them as running. */
  private readonly done = new Set<string>();

  constructor(parts: RequestDeskParts) {
    this.parts = parts;
    this.claim = `${parts.agentKey}/${parts.runtime.newId()}`;
  }

  get size(): number {
    return this.running.size;
  }

  /** Takes the requests of a poll for which there is room. True when there were any. */
  async take(session: OrgSession, { requests, running }: Poll): Promise<boolean> {
    const { runtime } = this.parts;
    await this.release(session, running);
    const fresh = requests.filter(({ id }) => !this.running.has(id)).slice(0, MOST_AT_ONCE - this.running.size);
    if (fresh.length === 0 || runtime.signal.aborted) return this.running.size > 0;
    const ids = fresh.map(({ id }) => id);
    const taken = await session.control.claimRequests(ids, this.claim, runtime.now());
    for (const request of fresh.filter(({ id }) => taken.has(id))) {
      const work = this.parts
        .handler(request, session)
        .then(() => this.noteDone(request.id))
        .catch((error: unknown) => {
          // It stays RUNNING under this claim until the next look gives it back.
          const fields = { orgId: session.orgId, request: request.name };
          runtime.logger.warn(fields, `The result of a request could not be written: ${errorMessage(error)}`);
        })
        .finally(() => this.running.delete(request.id));
      this.running.set(request.id, work);
    }
    return true;
  }

  /** Waits for what is being carried out. */
  async end(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private noteDone(id: string): void {
    this.done.add(id);
    const [oldest] = this.done;
    if (oldest !== undefined && this.done.size > MOST_REMEMBERED) this.done.delete(oldest);
  }

  /** Gives back what this agent took and does not work on. */
  private async release(session: OrgSession, running: Poll['running']): Promise<void> {
    const { agentKey, isAlone, runtime } = this.parts;
    const now = runtime.now().getTime();
    const lost = running.filter(({ id, claim, startedAt }) => {
      if (this.running.has(id) || this.done.has(id)) return false;
      if (claim === this.claim) return true;
      const isOld = startedAt !== null && now - startedAt.getTime() > LOST_AFTER_MS;
      return (isAlone && claim?.startsWith(`${agentKey}/`) === true) || isOld;
    });
    if (lost.length > 0) await session.control.releaseRequests(lost.map(({ id }) => id));
  }
}
