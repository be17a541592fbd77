import type { M3terClient } from '../m3ter/client.ts';
import type { Bill } from '../m3ter/resources.ts';
import type { Runtime } from '../runtime.ts';
import type { Store } from '../store/types.ts';
import type { BatchBook } from './runs/batchBook.ts';
import type { Disabling } from './disabling.ts';
import type { Troubles } from './orgs/troubles.ts';

/** What the parts of the engine work with. */
export interface EngineParts {
  readonly m3ter: M3terClient;
  readonly store: Store;
  readonly runtime: Runtime;
  readonly book: BatchBook;
  readonly disabling: Disabling;
  readonly troubles: Troubles;
  /** Called after m3ter answered for its organization: the store is bound to it then. */
  readonly onM3terAnswer: () => Promise<void>;
  /** Called for each Bill that arrived in an org. */
  readonly onSent: (bill: Bill, orgId: string, integrationId: string) => void;
}
