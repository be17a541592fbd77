import type { Background } from '../bulk/background.ts';
import { ingestRoutes } from '../bulk/ingestRoutes.ts';
import { queryJobRoutes } from '../bulk/queryJobRoutes.ts';
import type { Org } from '../model.ts';
import { actionRoutes } from './actions.ts';
import { batchRoutes } from './batch.ts';
import { changedRecordRoutes } from './changedRecords.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoutes } from './composite.ts';
import { describeRoutes } from './describe.ts';
import { graphRoutes } from './graph.ts';
import { queryRoutes } from './queryRoutes.ts';
import { Router } from './router.ts';
import { rowRoutes } from './rows.ts';
import { treeRoutes } from './tree.ts';
import type { Usage } from './usage.ts';
import { versionResources } from './versions.ts';

/** All resources below /services/data/vXX.X/ but GraphQL and the UI API. */
export function createApi(org: Org, usage: Usage, background: Background): Router {
  return new Router(org, {
    'GET ': ({ request: { version, headers, user } }) => {
      const identity = `http://${headers['host']}/id/${org.id}/${user.id}`;
      return { status: 200, body: versionResources(version, identity) };
    },
    'GET limits': () => ({ status: 200, body: usage.limits() }),
    ...actionRoutes,
    ...queryRoutes(),
    ...compositeRoutes,
    ...batchRoutes,
    ...graphRoutes,
    ...collectionRoutes,
    ...treeRoutes,
    ...describeRoutes,
    ...changedRecordRoutes,
    ...ingestRoutes(background),
    ...queryJobRoutes(background),
    ...rowRoutes,
  });
}
