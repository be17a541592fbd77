import { BILL, inLanes, LINE, slices } from './peer.ts';
import type { Peer, PeerOrg } from './peer.ts';
import type { BillRecords, PlainRecord } from '../data/records.ts';
import { call, upsertCollection } from './rest.ts';

const LANES = 5;

/** Bill by Bill: the header, its lines, and away with the lines that the Bill no longer has. */
async function send(org: PeerOrg, { header, lines }: BillRecords): Promise<void> {
  const { [BILL.key]: key, ...fields } = header as Record<string, unknown>;
  const { id } = (await call(org, 'PATCH', `/sobjects/${BILL.object}/${BILL.key}/${String(key)}`, fields)) as {
    id: string;
  };
  for (const some of slices(lines, 200)) await upsertCollection(org, LINE, some);
  const soql = `SELECT Id, ${LINE.key} FROM ${LINE.object} WHERE Bill__c = '${id}'`;
  const { records } = (await call(org, 'GET', `/query?q=${encodeURIComponent(soql)}`)) as { records: PlainRecord[] };
  const kept = new Set(lines.map((line) => line[LINE.key]));
  const stale = records.filter((record) => !kept.has(record[LINE.key])).map((record) => String(record['Id']));
  for (const some of slices(stale, 200)) await call(org, 'DELETE', `/composite/sobjects?ids=${some.join(',')}`);
}

export const handWritten: Peer = {
  name: 'hand-written loop',
  says: 'fetch, what a good developer writes in an afternoon: header, lines, a query, deletes; 5 Bills at a time',
  sample: 40,
  load: (org, bills) => inLanes(bills, LANES, (bill) => send(org, bill)),
};
