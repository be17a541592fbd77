import type { FactStore, IntegrationRef } from '../../store/types.ts';

/** What the agent remembers of a backfill that is not over, so that the same command goes on with it. */
export interface Unfinished {
  readonly from: string;
  readonly to: string;
  /** Of its batch. */
  readonly runKey: string;
  readonly startedAt: string;
  /** The bulk job that was begun last. */
  readonly jobId: string | null;
  /** A person asked for a pause. */
  readonly isPaused: boolean;
}

/** The memory of an integration's backfill, in the store. */
export class BackfillMemory {
  private readonly facts: FactStore;
  private readonly name: string;

  constructor(facts: FactStore, { orgId, integrationId }: IntegrationRef) {
    this.facts = facts;
    this.name = `backfill ${orgId} ${integrationId}`;
  }

  async read(): Promise<Unfinished | undefined> {
    const text = await this.facts.get(this.name);
    return text ? (JSON.parse(text) as Unfinished) : undefined;
  }

  write(unfinished: Unfinished): Promise<void> {
    return this.facts.set(this.name, JSON.stringify(unfinished));
  }

  async change(changes: Partial<Unfinished>): Promise<void> {
    const known = await this.read();
    if (known) await this.write({ ...known, ...changes });
  }

  forget(): Promise<void> {
    return this.facts.set(this.name, '');
  }
}
