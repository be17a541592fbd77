import type { ObjectModel, Org, StoredRecord } from '../model.ts';
import type { Access } from '../uiapi/access.ts';

/** What the resolvers of one request share. */
export interface GraphqlContext {
  org: Org;
  access: Access;
  mutation: MutationState;
}

export interface MutationState {
  /** Whether one failed operation undoes all; set by the `uiapi` field of the mutation. */
  allOrNone: boolean;
  /** Ids that operations made or changed, by response key, for `@{key}` references. */
  ids: Map<string, string>;
  failed: boolean;
}

/** A record as the resolvers hand it down. */
export interface RecordSource {
  object: ObjectModel;
  id: string;
  values: StoredRecord;
  /** How many records the page holds that this one is in; children page only below a single parent. */
  pageSize: number;
}
