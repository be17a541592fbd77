import type { FastifyInstance } from 'fastify';
import type { Sessions } from '../auth/sessions.ts';
import type { Org } from '../model.ts';
import type { Usage } from '../rest/usage.ts';
import type { OrgClock } from './clock.ts';
import { Faults } from './faults.ts';
import { clockKnobs, faultKnobs, limitKnobs, lockKnobs } from './knobs.ts';
import { LongRequests } from './longRequests.ts';
import { playFaults } from './playFaults.ts';
import { troubledOrg } from './requestTrouble.ts';
import { RowLocks } from './rowLocks.ts';

export interface TroubleParts {
  clock: OrgClock;
  sessions: Sessions;
  usage: Usage;
}

/** All that can go wrong with an org, and the knobs for it. */
export class Trouble {
  /** The org as requests meet it. */
  readonly org: Org;
  private readonly parts: TroubleParts;
  private readonly faults = new Faults();
  private readonly locks = new RowLocks();

  constructor(org: Org, parts: TroubleParts) {
    this.org = troubledOrg(org, this.faults, this.locks);
    this.parts = parts;
  }

  /** Plays it in a server. Comes before all that answers. */
  register(app: FastifyInstance): void {
    const { org, faults, locks } = this;
    const { clock, sessions, usage } = this.parts;
    const long = new LongRequests();
    long.watch(app);
    playFaults(app, { org, sessions, faults, locks });
    faultKnobs(app, faults);
    lockKnobs(app, locks);
    clockKnobs(app, clock);
    limitKnobs(app, usage, long, sessions);
  }
}
