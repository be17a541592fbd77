import { OrgError } from '../orgError.ts';
import { parseApiUrl } from './apiUrl.ts';
import { atMost, objectBody, objectList } from './message.ts';
import type { ApiCall, ApiResponse } from './message.ts';
import type { Routes } from './router.ts';
import { dependenciesOf, readSubrequests, runAllOrNone } from './subrequests.ts';
import type { Subrequest, SubrequestResult } from './subrequests.ts';

const MOST_NODES = 500;
const MOST_GRAPHS = 75;
const DEEPEST = 15;
/** Nodes are different by API version, method or object. */
const MOST_DIFFERENT = 15;
/** Once more graphs than these have failed, the rest are not tried. */
const MOST_FAILURES = 14;

interface Graph {
  graphId: string;
  subrequests: Subrequest[];
}

/**
 * POST composite/graph: independent graphs of subrequests, each all or none.
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-graph-limits.html
 */
export const graphRoutes: Routes = { 'POST composite/graph': graphs };

function graphs(call: ApiCall): ApiResponse {
  const list = readGraphs(call.request.body);
  let failures = 0;
  const answers = list.map(({ graphId, subrequests }) => {
    if (failures > MOST_FAILURES) return answer(graphId, halted(subrequests), false);
    const { results, succeeded } = runGraph(call, subrequests);
    if (!succeeded) failures += 1;
    return answer(graphId, results, succeeded);
  });
  return { status: 200, body: { graphs: answers } };
}

function answer(graphId: string, compositeResponse: SubrequestResult[], isSuccessful: boolean): object {
  return { graphId, graphResponse: { compositeResponse }, isSuccessful };
}

function readGraphs(body: unknown): Graph[] {
  const list = objectList(objectBody(body)['graphs'], 'graphs');
  atMost(list, MOST_GRAPHS, 'graphs');
  const read = list.map((item) => {
    const { graphId, compositeRequest } = item;
    if (typeof graphId !== 'string' || graphId === '') {
      throw new OrgError('INVALID_INPUT', 'Each graph needs a graphId.');
    }
    const subrequests = readSubrequests(compositeRequest, MOST_NODES);
    subrequests.forEach(refuseOtherUrls);
    refuseDeep(graphId, subrequests);
    return { graphId, subrequests };
  });
  const nodes = read.flatMap(({ subrequests }) => subrequests);
  atMost(nodes, MOST_NODES, 'nodes');
  atMost([...new Set(nodes.map(kindOf))], MOST_DIFFERENT, 'different nodes');
  return read;
}

/** What makes a node different from others. */
function kindOf({ method, url }: Subrequest): string {
  const parsed = parseApiUrl(url);
  return [parsed?.version, method, parsed?.path[1]?.toLowerCase()].join(' ');
}

/** Runs a graph after its references: its order promises nothing else. Answers in the order given. */
function runGraph(call: ApiCall, subrequests: Subrequest[]): { results: SubrequestResult[]; succeeded: boolean } {
  const depths = depthsOf(subrequests);
  const sorted = subrequests.toSorted((a, b) => (depths.get(a.referenceId) ?? 0) - (depths.get(b.referenceId) ?? 0));
  const { results, succeeded } = runAllOrNone(call, sorted);
  const byId = new Map(results.map((result) => [result.referenceId, result]));
  return { results: subrequests.map(({ referenceId }) => byId.get(referenceId) as SubrequestResult), succeeded };
}

function halted(subrequests: Subrequest[]): SubrequestResult[] {
  const body = [
    {
      errorCode: 'PROCESSING_HALTED',
      message: `Processing was halted because more than ${MOST_FAILURES} graphs of the request had failed.`,
    },
  ];
  return subrequests.map(({ referenceId }) => ({ body, httpHeaders: {}, httpStatusCode: 400, referenceId }));
}

function refuseOtherUrls({ method, url, referenceId }: Subrequest): void {
  const [first, ...rest] = parseApiUrl(url)?.path ?? [];
  const methods = [[], ['POST'], ['DELETE', 'GET', 'PATCH'], ['DELETE', 'GET', 'PATCH', 'POST']][rest.length];
  if (first?.toLowerCase() === 'sobjects' && methods?.includes(method)) return;
  throw new OrgError(
    'INVALID_INPUT',
    `Node ${referenceId}, ${method} ${url}, is not allowed in a graph. Use single sobjects rows by id or external id.`,
  );
}

function refuseDeep(graphId: string, subrequests: Subrequest[]): void {
  const deepest = Math.max(0, ...depthsOf(subrequests).values());
  if (deepest <= DEEPEST) return;
  throw new OrgError(
    'LIMIT_EXCEEDED',
    `Graph ${graphId} is ${deepest} references deep; at most ${DEEPEST} are allowed.`,
  );
}

/** How long the longest chain of references up to each node is; a node without references has depth 1. */
function depthsOf(subrequests: Subrequest[]): Map<string, number> {
  const needs = new Map(subrequests.map((subrequest) => [subrequest.referenceId, dependenciesOf(subrequest)]));
  const depths = new Map<string, number>();
  const depth = (id: string, chain: readonly string[]): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    if (chain.includes(id))
      throw new OrgError('INVALID_INPUT', `Node ${id} refers to itself over ${chain.join(', ')}.`);
    const parents = [...(needs.get(id) ?? [])].filter((parent) => needs.has(parent));
    const found = 1 + Math.max(0, ...parents.map((parent) => depth(parent, [...chain, id])));
    depths.set(id, found);
    return found;
  };
  for (const id of needs.keys()) depth(id, []);
  return depths;
}
