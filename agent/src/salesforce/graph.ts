import type { Names } from '../rules/names.ts';
import type { SalesforceRecord } from '../rules/records.ts';
import { badAnswer, idsIn, readSubAnswers, refusalsIn, upsertOne, wire, type Subrequest } from './composite.ts';
import type { SalesforceCalls } from './connection.ts';
import { classify, isGone } from './errors.ts';
import type { Outcome, RootError } from './packAnswer.ts';
import { lineKey, type WriteItem } from './packRequest.ts';

/** Salesforce takes 500 nodes in a payload and 75 graphs; when more than 14 graphs have failed it halts the rest (REST API Developer Guide, "Composite Graph Limits"). */
const MOST_NODES = 500;
const MOST_GRAPHS = 45;

const nodesOf = ({ lines, staleIds }: WriteItem): number => 2 + lines.length + staleIds.length;

export function fitsGraph(item: WriteItem): boolean {
  return nodesOf(item) <= MOST_NODES;
}

/** What became of each Bill that was sent as its own graph: an outcome, the errors, or nothing when it was halted. */
export interface GraphAnswer {
  readonly item: WriteItem;
  readonly sent?: Extract<Outcome, { kind: 'sent' }>;
  readonly roots: readonly RootError[];
}

/** Groups Bills so that each group fits one call. */
export function graphGroups(items: readonly WriteItem[]): WriteItem[][] {
  const groups: WriteItem[][] = [];
  let nodes = MOST_NODES;
  for (const item of items) {
    const last = groups.at(-1);
    nodes += nodesOf(item);
    if (last && last.length < MOST_GRAPHS && nodes <= MOST_NODES) last.push(item);
    else {
      groups.push([item]);
      nodes = nodesOf(item);
    }
  }
  return groups;
}

/** Sends each Bill as a transaction of its own, all in one call. */
export async function sendGraphs(
  connection: SalesforceCalls,
  items: readonly WriteItem[],
  names: Names,
): Promise<GraphAnswer[]> {
  const graphs = items.map((item, index) => ({
    graphId: `g${index}`,
    compositeRequest: graphRequests(item, names).map(wire),
  }));
  const answer = (await connection.request('POST', '/composite/graph', { graphs })) as { graphs?: unknown } | null;
  const answered = answer?.graphs;
  if (!Array.isArray(answered)) throw badAnswer('a composite graph call without graphs');
  const byId = new Map((answered as Graph[]).map((graph) => [String(graph.graphId), graph]));
  return items.map((item, index) => readGraph(item, byId.get(`g${index}`), names));
}

interface Graph {
  readonly graphId?: unknown;
  readonly isSuccessful?: unknown;
  readonly graphResponse?: unknown;
}

/** Only a reference makes one part wait for another, so lines and Run name the Bill by the header's answer. */
function graphRequests(item: WriteItem, { bill, lineItem, run }: Names): Subrequest[] {
  const ofBill = (record: SalesforceRecord, parent: string, lookup: string): SalesforceRecord => {
    const fields = Object.entries(record).filter(([name]) => name !== parent);
    return { ...Object.fromEntries(fields), [lookup]: '@{bill.id}' };
  };
  return [
    upsertOne('bill', bill.object, bill.M3ter_Bill_Id__c, item.header),
    upsertOne('run', run.object, run.Run_Key__c, ofBill(item.childRun, run.Bill__r, run.Bill__c)),
    ...item.lines.map((line, index) => {
      const record = ofBill(line, lineItem.Bill__r, lineItem.Bill__c);
      return upsertOne(`line${index}`, lineItem.object, lineItem.Line_Item_Key__c, record);
    }),
    ...item.staleIds.map((id, index): Subrequest => ({
      method: 'DELETE',
      referenceId: `stale${index}`,
      path: `/sobjects/${lineItem.object}/${id}`,
    })),
  ];
}

function readGraph(item: WriteItem, graph: Graph | undefined, { lineItem }: Names): GraphAnswer {
  const answers = readSubAnswers(graph?.graphResponse) ?? [];
  const byReference = new Map(answers.map((answer) => [answer.referenceId, answer]));
  const roots = answers
    .flatMap((answer) => refusalsIn(answer).map((refusal) => ({ ...refusal, reference: answer.referenceId })))
    .map(({ code, message, reference }): RootError => {
      const errorClass = reference.startsWith('stale') && isGone(code) ? 'gone' : classify(code, message);
      return { item, code, message, errorClass };
    });
  // Without an answer to each part nobody knows that the Bill is there as a whole: it is sent again.
  const isWhole = graph?.isSuccessful !== false && answers.length === nodesOf(item);
  if (!isWhole || roots.length > 0) {
    return { item, roots: roots.filter(({ errorClass }) => errorClass !== 'derived') };
  }
  const idOf = (reference: string): string => {
    const answer = byReference.get(reference);
    return answer ? (idsIn(answer)[0] ?? '') : '';
  };
  const lineIds = Object.fromEntries(
    item.lines.map((line, index) => [lineKey(line, lineItem.Line_Item_Key__c), idOf(`line${index}`)]),
  );
  return { item, roots: [], sent: { kind: 'sent', item, recordId: idOf('bill'), lineIds } };
}
