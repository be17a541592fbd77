/**
 * `node peerProcess.ts FILE`: one peer in a process of its own. FILE holds its name, the org and the Bills. Writes
 * `ready`, begins at the first line on standard input, and writes `done`.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import type { BillRecords } from '../data/records.ts';
import { PEERS } from './index.ts';
import type { PeerOrg } from './peer.ts';

const { name, org, bills } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as {
  name: string;
  org: PeerOrg;
  bills: BillRecords[];
};
const peer = PEERS.find((each) => each.name === name);
if (!peer) throw new Error(`There is no peer called "${name}".`);
const input = createInterface({ input: process.stdin });
console.log('ready');
await once(input, 'line');
await peer.load(org, bills);
console.log('done');
process.exit();
