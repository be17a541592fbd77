import { errorMessage } from '../../errors.ts';
import { leftOf, type Wait } from '../../wait.ts';
import type { Heartbeat } from '../../rules/controlRecords.ts';
import type { CoreTriggers, EngineCore } from '../core.ts';
import { EventsPoller } from './eventsPoller.ts';
import { troubleOf } from '../failure.ts';
import { forgetOld } from './forgetOld.ts';
import { Hints } from './hints.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { RequestDesk } from './requestDesk.ts';
import { Schedules } from './schedules.ts';
import { WaitingRoom } from '../scans/waitingRoom.ts';

/** Bills of hints that are kept in memory. */
const MOST_HINTS = 10_000;
const TICK_MS = 200;
const SCHEDULE_MS = 5000;
const NOTICES_MS = 60_000;
const WORKERS_MS = 10_000;
/** After something was asked the org is looked at this much more often, for a while. */
const FASTER = 10;
const FAST_AT_LEAST_MS = 1000;
const FAST_FOR_MS = 2 * 60_000;

/** What makes a running agent work: hints, events, schedules, and what people do in the orgs. */
export class Triggers implements CoreTriggers {
  readonly startedAt: Date;
  private readonly workerId: string;
  private readonly core: EngineCore;
  private readonly hints: Hints;
  private readonly events: EventsPoller;
  private readonly schedules: Schedules;
  private readonly waitingRoom: WaitingRoom;
  private readonly desk: RequestDesk | undefined;
  private readonly loops: Promise<void>[] = [];
  private readonly watched = new WeakSet<OrgSession>();
  private readonly wakers = new Map<string, () => void>();
  private fast: Wait = { since: 0, milliseconds: 0 };
  private lastEventsPoll: Date | null = null;

  constructor(core: EngineCore) {
    this.core = core;
    const { runtime, parts } = core;
    const { store, settings, m3ter, requests: handler } = parts;
    this.startedAt = runtime.now();
    this.workerId = runtime.newId();
    this.hints = new Hints(settings.hintWindowMs, MOST_HINTS);
    this.events = new EventsPoller({
      ...{ m3ter, runtime, facts: store.facts },
      intervalMs: settings.eventsPollMs,
      hint: (billIds) => this.hint(billIds, 'events'),
      onTooMany: () => this.scanAll('too many events'),
    });
    this.schedules = new Schedules({ facts: store.facts, runtime, reconcileHour: settings.reconcileHour });
    const push: WaitingRoom['parts']['push'] = async ({ orgId }, { integration }, billIds) =>
      void (await core.push({ orgId, integrationId: integration.id }, billIds));
    this.waitingRoom = new WaitingRoom({ ...{ m3ter, store, runtime }, troubles: core.troubles, push });
    const { agentKey } = settings;
    this.desk = handler && new RequestDesk({ handler, runtime, agentKey, isAlone: store.kind === 'pglite' });
  }

  /** When m3ter was last asked for events, or had not to be because no integration follows them. */
  get eventsPolledAt(): Date | null {
    return this.lastEventsPoll;
  }

  get pendingHints(): number {
    return this.hints.size;
  }

  async start(): Promise<void> {
    await this.events.begin();
    const { controlPollMs, eventsPollMs } = this.core.parts.settings;
    this.loop(
      'signing in to orgs',
      () => this.connect(),
      () => Math.max(TICK_MS, controlPollMs),
    );
    this.loop(
      'hints',
      () => this.tick(),
      () => TICK_MS,
    );
    this.loop(
      'schedules',
      () => this.lookAtClocks(),
      () => Math.min(SCHEDULE_MS, controlPollMs),
    );
    this.loop(
      "m3ter's events",
      () => this.pollEvents(),
      () => (this.followsEvents ? eventsPollMs : Math.min(eventsPollMs, controlPollMs)),
    );
    if (this.core.parts.store.kind === 'postgres') {
      await this.countWorkers();
      this.loop(
        'the other workers',
        () => this.countWorkers(),
        () => WORKERS_MS,
      );
    }
    this.loop(
      'notices',
      async () => this.core.parts.notices?.sendDue(),
      () => NOTICES_MS,
    );
  }

  /** Waits until every loop has seen that the agent stops. */
  async end(): Promise<void> {
    await Promise.all(this.loops);
    await this.desk?.end();
    const { store } = this.core.parts;
    if (store.kind === 'postgres') await store.workers.leave(this.workerId).catch(() => undefined);
  }

  hint(billIds: readonly string[], source: string): 'accepted' | 'full' {
    return this.hints.add(billIds, source, this.core.runtime.now());
  }

  /** Looks at the orgs more often for a while. */
  hurry(): void {
    this.fast = { since: this.core.runtime.now().getTime(), milliseconds: FAST_FOR_MS };
  }

  readonly requestScan: CoreTriggers['requestScan'] = (request) => this.core.requestScan(request);

  readonly onAccounts: CoreTriggers['onAccounts'] = (...changed) => this.waitingRoom.onAccounts(...changed);

  readonly onRequests: CoreTriggers['onRequests'] = async (session, poll) => {
    if (await this.desk?.take(session, poll)) this.hurry();
  };

  readonly onDisabled = (session: OrgSession): void => {
    this.wakers.get(session.orgId)?.();
    void this.core.parts.notices?.sendDue().catch(() => undefined);
  };

  readonly onScanned = (): void => undefined;

  readonly heartbeat = async ({ connection }: OrgSession): Promise<Heartbeat> => {
    const { settings, store } = this.core.parts;
    const { queued, active, retrying } = await store.queue.depth();
    return {
      key: settings.agentKey,
      version: settings.version,
      startedAt: this.startedAt,
      seenAt: this.core.runtime.now(),
      queueDepth: queued + active + retrying,
      apiCallsUsed: connection.usage?.used ?? null,
      apiCallLimit: connection.usage?.limit ?? null,
      apiBudget: connection.usage?.budget ?? null,
    };
  };

  /** All workers together keep to what m3ter takes. */
  private async countWorkers(): Promise<void> {
    const { store, m3ter } = this.core.parts;
    m3ter.shareWith(await store.workers.beat(this.workerId));
  }

  private async connect(): Promise<void> {
    await this.core.registry.connect();
    for (const session of this.core.registry.all) {
      if (this.watched.has(session)) continue;
      this.watched.add(session);
      this.loop(
        'an org',
        () => this.lookAtOrg(session),
        () => this.pollDelay(session),
        session,
      );
    }
  }

  /**
   * Until the next look at an org: a short time after somebody asked for something, and no later than trouble may be
   * over. During a long pause it wakes as usual, because a clock may be set, or the machine sleep, meanwhile.
   */
  private pollDelay(session: OrgSession): number {
    const now = this.core.runtime.now();
    const { controlPollMs } = this.core.parts.settings;
    const isFast = leftOf(this.fast, now) > 0;
    const usual = isFast ? Math.min(controlPollMs, Math.max(FAST_AT_LEAST_MS, controlPollMs / FASTER)) : controlPollMs;
    const remaining = session.pause.remaining(now);
    return remaining > 0 ? Math.min(usual, remaining) : usual;
  }

  private async lookAtOrg(session: OrgSession): Promise<void> {
    const { troubles, watch, runtime } = this.core;
    if (session.pause.remaining(runtime.now()) > 0) return;
    try {
      await watch.poll(session);
      if (troubles.m3ter.remaining(runtime.now()) === 0) await this.waitingRoom.onMappings(session);
    } catch (error) {
      const trouble = troubleOf(error);
      if (!trouble) throw error;
      await troubles.note(trouble, session, []);
    }
  }

  private async tick(): Promise<void> {
    const { core } = this;
    const now = core.runtime.now();
    if (this.hints.dueIn(now) === 0) await this.flush(now);
    if ((this.sinceFinished += 1) % FINISH_EVERY_TICKS === 0) await core.finish();
  }

  private sinceFinished = 0;

  /** Orgs that the agent is not signed in to are caught up when it is. */
  private async flush(now: Date): Promise<void> {
    const { core } = this;
    const billIds = this.hints.take();
    try {
      for (const { orgId, view } of core.registry.all) {
        for (const { integration } of view.ready) {
          if (integration.triggerType !== 'EVENT') continue;
          await core.push({ orgId, integrationId: integration.id }, billIds);
        }
      }
    } catch (error) {
      this.hints.putBack(billIds, now);
      throw error;
    }
  }

  private get followsEvents(): boolean {
    return this.core.registry.all.some(({ view }) =>
      view.ready.some(({ integration }) => integration.triggerType === 'EVENT'),
    );
  }

  private async pollEvents(): Promise<void> {
    const { core } = this;
    const now = core.runtime.now();
    if (!this.followsEvents) this.lastEventsPoll = now;
    if (!this.followsEvents || core.troubles.m3ter.remaining(now) > 0) return;
    try {
      await this.events.poll();
      this.lastEventsPoll = now;
      core.troubles.m3terWorks();
    } catch (error) {
      const trouble = troubleOf(error);
      if (!trouble) throw error;
      await core.troubles.note(trouble, core.registry.all[0], []);
    }
  }

  private async lookAtClocks(): Promise<void> {
    for (const session of this.core.registry.all) {
      if (session.view.ready.length === 0) continue;
      const { orgId, timeZone } = session;
      await this.schedules.run(orgId, timeZone, (due) => (due === 'hour' ? this.onHour(orgId) : this.onDay(session)));
    }
  }

  private onHour(orgId: string): Promise<void> {
    return this.requestScan({ orgId, integrationIds: null, trigger: 'SCHEDULE', reason: 'hourly' });
  }

  private async onDay(session: OrgSession): Promise<void> {
    const { orgId } = session;
    await this.requestScan({ orgId, integrationIds: null, trigger: 'RECONCILE', reason: 'daily' });
    // It may take long, and the clocks of other orgs go on.
    const forgotten = forgetOld(session, this.core.parts, this.core.runtime);
    this.loops.push(forgotten.catch((error: unknown) => this.noteError('what is old', error)));
  }

  private async scanAll(reason: string): Promise<void> {
    for (const { orgId, view } of this.core.registry.all) {
      const integrationIds = view.ready.map(({ integration }) => integration.id);
      if (integrationIds.length > 0) await this.requestScan({ orgId, integrationIds, trigger: 'EVENT', reason });
    }
  }

  /** Does `work` again and again until the agent stops; an error is logged and the next turn tries again. */
  private loop(what: string, work: () => Promise<unknown>, delay: () => number, session?: OrgSession): void {
    const { runtime, registry } = this.core;
    const isOver = (): boolean =>
      runtime.signal.aborted || (session !== undefined && registry.session(session.orgId) !== session);
    const run = async (): Promise<void> => {
      while (!isOver()) {
        await work().catch((error: unknown) => this.noteError(what, error));
        await this.pause(delay(), session);
      }
    };
    this.loops.push(run());
  }

  private noteError(what: string, error: unknown): void {
    const { runtime, parts } = this.core;
    if (runtime.signal.aborted) return;
    parts.hooks?.onError?.(troubleOf(error)?.kind ?? 'unexpected');
    runtime.logger.error({ err: error }, `Looking at ${what} failed; the agent goes on: ${errorMessage(error)}`);
  }

  private async pause(ms: number, session: OrgSession | undefined): Promise<void> {
    const slept = this.core.runtime.sleep(ms).catch(() => undefined);
    if (!session) return slept;
    const woken = new Promise<void>((resolve) => this.wakers.set(session.orgId, resolve));
    await Promise.race([slept, woken]);
  }
}

const FINISH_EVERY_TICKS = 10;
