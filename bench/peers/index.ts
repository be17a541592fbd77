import { collections1, collections10, collections4 } from './collections.ts';
import { graph } from './graph.ts';
import { handWritten } from './handWritten.ts';
import { jsforceArrays } from './jsforceArrays.ts';
import { jsforceBulk } from './jsforceBulk.ts';
import { jsforceSingles } from './jsforceSingles.ts';
import type { Peer } from './peer.ts';
import { sfBulk } from './sfBulk.ts';

/** What people would use instead of the agent. */
export const PEERS: readonly Peer[] = [
  jsforceSingles,
  jsforceArrays,
  collections1,
  collections4,
  collections10,
  graph,
  jsforceBulk,
  sfBulk,
  handWritten,
];
