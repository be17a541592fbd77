import type { BillRecords, PlainRecord } from '../data/records.ts';
import { BILL, inLanes, LINE } from './peer.ts';
import type { Peer, PeerOrg } from './peer.ts';
import { call, upsertCollection } from './rest.ts';

const MOST_NODES = 500;
const MOST_GRAPHS = 75;
const LANES = 4;

const node = (referenceId: string, { object, key }: typeof BILL | typeof LINE, record: PlainRecord): object => {
  const { [key]: value, ...fields } = record as Record<string, unknown>;
  const url = `/services/data/v67.0/sobjects/${object}/${key}/${encodeURIComponent(String(value))}`;
  return { method: 'PATCH', url, referenceId, body: fields };
};

const graphOf = ({ header, lines }: BillRecords, index: number): object => ({
  graphId: `g${index}`,
  compositeRequest: [
    node('bill', BILL, header),
    ...lines.map(({ Bill__r: _, ...line }, place) => node(`line${place}`, LINE, { ...line, Bill__c: '@{bill.id}' })),
  ],
});

/** Graphs that fit one call; a Bill of 500 lines has a node too many for any. */
function grouped(bills: readonly BillRecords[]): BillRecords[][] {
  const groups: BillRecords[][] = [];
  let nodes = MOST_NODES;
  for (const bill of bills) {
    nodes += 1 + bill.lines.length;
    const last = groups.at(-1);
    if (last && nodes <= MOST_NODES && last.length < MOST_GRAPHS) last.push(bill);
    else {
      groups.push([bill]);
      nodes = 1 + bill.lines.length;
    }
  }
  return groups;
}

async function send(org: PeerOrg, bills: readonly BillRecords[]): Promise<void> {
  const { graphs } = (await call(org, 'POST', '/composite/graph', { graphs: bills.map(graphOf) })) as {
    graphs: Array<{ isSuccessful: boolean }>;
  };
  const refused = graphs.find(({ isSuccessful }) => !isSuccessful);
  if (refused) throw new Error(`A graph was refused: ${JSON.stringify(refused).slice(0, 300)}`);
}

export const graph: Peer = {
  name: 'composite graph, 4 at a time',
  says: 'fetch: POST /composite/graph, a Bill a graph, 500 nodes a call, 4 calls at a time; larger Bills as collections',
  isAtomic: true,
  async load(org, bills) {
    const fits = bills.filter(({ lines }) => lines.length < MOST_NODES);
    await inLanes(grouped(fits), LANES, (some) => send(org, some));
    for (const { header, lines } of bills.filter((bill) => !fits.includes(bill))) {
      await upsertCollection(org, BILL, [header]);
      for (let from = 0; from < lines.length; from += 200)
        await upsertCollection(org, LINE, lines.slice(from, from + 200));
    }
  },
};
