import { eventKey, eventRecord, type SalesforceRecord } from '../../rules/records.ts';
import type { Runtime } from '../../runtime.ts';
import type { Batch } from '../../store/types.ts';
import type { BatchBook } from '../runs/batchBook.ts';
import { errorMessage, sentence } from '../../errors.ts';
import type { Trouble } from '../failure.ts';
import type { OrgRegistry } from './orgRegistry.ts';
import type { OrgSession } from './orgSession.ts';
import { Pause } from './pause.ts';

export interface TroublesParts {
  readonly runtime: Runtime;
  readonly book: BatchBook;
  readonly registry: OrgRegistry;
  readonly onError: (errorClass: string) => void;
  readonly onTrouble: (trouble: Trouble, orgId: string | undefined) => void;
}

/** What is wrong with m3ter and with the orgs as a whole: it pauses the work, and people are told. */
export class Troubles {
  readonly m3ter = new Pause();
  private readonly parts: TroublesParts;
  /** Of orgs that could not be told of what was wrong with them while it was. */
  private readonly since = new Map<OrgSession, Date>();

  constructor(parts: TroublesParts) {
    this.parts = parts;
  }

  /** Milliseconds for which nothing should be done for an org, because it or m3ter cannot be called. */
  remaining(session: OrgSession): number {
    const now = this.parts.runtime.now();
    return Math.max(session.pause.remaining(now), this.m3ter.remaining(now));
  }

  /** What is wrong now for an org. */
  reason(session: OrgSession): Trouble | undefined {
    return session.pause.reason ?? this.m3ter.reason;
  }

  /**
   * Begins a pause, and tells the org where it can be told: its Runs under way, and an Event when m3ter refuses the
   * agent.
   *
   * @param batches that have to wait
   */
  async note(trouble: Trouble, session: OrgSession | undefined, batches: readonly Batch[]): Promise<void> {
    const { runtime, registry, onError, onTrouble } = this.parts;
    const now = runtime.now();
    onError(trouble.kind);
    onTrouble(trouble, session?.orgId);
    const pause = trouble.side === 'm3ter' ? this.m3ter : session?.pause;
    if (!pause?.begin(trouble, now) || runtime.signal.aborted) return;
    const seconds = Math.ceil(pause.remaining(now) / 1000);
    const where = trouble.side === 'm3ter' ? {} : { orgId: session?.orgId };
    const message = `${sentence(trouble.message)} The agent tries again in ${seconds} s.`;
    runtime.logger.error({ ...where, code: trouble.code }, message);
    if (!session) return;
    if (trouble.side === 'salesforce') {
      this.since.set(session, now);
      registry.noteRefusal(session, trouble);
    }
    // An org that just did not answer, or refuses the agent, cannot be told.
    if (trouble.side === 'salesforce' && trouble.kind !== 'limit' && trouble.kind !== 'setup') return;
    await this.tell(session, trouble, batches).catch((error: unknown) => {
      runtime.logger.debug({ orgId: session.orgId }, `The org could not be told of it: ${errorMessage(error)}`);
    });
  }

  /** After m3ter answered. */
  m3terWorks(): void {
    if (this.m3ter.finish()) this.parts.runtime.logger.info({}, 'm3ter can be reached again.');
  }

  /** After the org answered. An org that had refused the agent is told of it now. */
  async orgWorks(session: OrgSession): Promise<void> {
    const { runtime, registry } = this.parts;
    const trouble = session.pause.finish();
    if (!trouble) return;
    registry.noteRefusal(session, undefined);
    runtime.logger.info({ orgId: session.orgId }, 'The org can be reached again.');
    const since = this.since.get(session) ?? runtime.now();
    this.since.delete(session);
    if (trouble.kind !== 'authentication') return;
    const until = runtime.now().toISOString();
    const message = `From ${since.toISOString()} to ${until} nothing was sent: ${trouble.message}`;
    await session.control.write({ events: this.events(session, 'salesforce', message) });
  }

  private async tell(session: OrgSession, trouble: Trouble, batches: readonly Batch[]): Promise<void> {
    const { book } = this.parts;
    const own = batches.filter(({ orgId }) => orgId === session.orgId);
    const isRefusal = trouble.kind === 'authentication' && trouble.side === 'm3ter';
    const parentRuns = own.map((batch) => book.waitingRun(session, batch, trouble));
    const events = isRefusal ? this.events(session, 'm3ter', trouble.message) : [];
    if (parentRuns.length + events.length > 0) await session.control.write({ parentRuns, events });
  }

  /** One Event a day for each integration. */
  private events({ view, names }: OrgSession, subject: string, message: string): SalesforceRecord[] {
    const now = this.parts.runtime.now();
    const eventName = 'integration.authentication.error';
    return view.ready.map(({ integration: { id } }) => {
      const key = eventKey(id, eventName, subject, now.toISOString().slice(0, 10));
      return eventRecord({ key, integrationId: id, eventName, eventTime: now, message }, names);
    });
  }
}
