import { BILL, inLanes, LINE, slices } from './peer.ts';
import type { Peer } from './peer.ts';
import { upsertCollection } from './rest.ts';

/** A script that fills each call with 200 records of one object, headers first. */
const collections = (lanes: number): Peer => ({
  name: `collections of 200, ${lanes} at a time`,
  says: `fetch: PATCH /composite/sobjects, 200 records a call, ${lanes} calls at a time`,
  // One after the other, a part takes its part of the time.
  ...(lanes === 1 && { sample: 400 }),
  async load(org, bills) {
    const headers = bills.map(({ header }) => header);
    await inLanes(slices(headers, 200), lanes, (some) => upsertCollection(org, BILL, some));
    const lines = bills.flatMap((bill) => bill.lines);
    await inLanes(slices(lines, 200), lanes, (some) => upsertCollection(org, LINE, some));
  },
});

export const collections1 = collections(1);
export const collections4 = collections(4);
export const collections10 = collections(10);
