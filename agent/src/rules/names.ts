import {
  ACCOUNT_FIELDS,
  AGENT_FIELDS,
  BILL_FIELDS,
  CREDENTIAL_FIELDS,
  EVENT_FIELDS,
  INTEGRATION_FIELDS,
  LINE_ITEM_FIELDS,
  REQUEST_FIELDS,
  RUN_FIELDS,
  type FieldSpec,
} from './fields.ts';

type LookupsOf<Table> = { [F in keyof Table]: Table[F] extends { kind: 'lookup' } ? F : never }[keyof Table];
/** `Account__c`, the field, is followed as `Account__r` in queries and in references by external id. */
type ParentOf<Table> = LookupsOf<Table> extends `${infer Stem}__c` ? `${Stem}__r` : never;

/**
 * The API names of one object in one org: `object`, and under the name that the source gives it each field, parent
 * relationship (`Account__r`) and child relationship (`Line_Items__r`).
 */
export type ObjectNames<Table, Children extends string = never, Standard extends string = 'Id'> = {
  readonly object: string;
} & Readonly<Record<Extract<keyof Table, string> | ParentOf<Table> | Children | Standard, string>>;

/** Every API name that the agent uses, as one org knows them. */
export interface Names {
  /** Empty, or the package's namespace with two underscores. */
  readonly prefix: string;
  readonly bill: ObjectNames<typeof BILL_FIELDS, 'Line_Items__r' | 'Runs__r' | 'Events__r' | 'Requests__r'>;
  readonly lineItem: ObjectNames<typeof LINE_ITEM_FIELDS>;
  readonly integration: ObjectNames<typeof INTEGRATION_FIELDS, 'Bills__r' | 'Runs__r' | 'Events__r' | 'Requests__r'>;
  readonly credential: ObjectNames<typeof CREDENTIAL_FIELDS, 'Integrations__r' | 'Requests__r'>;
  readonly run: ObjectNames<
    typeof RUN_FIELDS,
    'Child_Runs__r' | 'Replays__r' | 'Events__r' | 'Requests__r',
    'Id' | 'Name'
  >;
  readonly event: ObjectNames<typeof EVENT_FIELDS, never, 'Id' | 'Name'>;
  /** A person's request to the agent. */
  readonly request: ObjectNames<typeof REQUEST_FIELDS, never, 'Id' | 'Name'>;
  /** The agent itself, by its heartbeat. */
  readonly agent: ObjectNames<typeof AGENT_FIELDS>;
  readonly account: ObjectNames<
    typeof ACCOUNT_FIELDS,
    'Bills__r' | 'M3ter_Sync_Requests__r',
    'Id' | 'Name' | 'AccountNumber'
  >;
}

const CUSTOM_NAME = /__[cr]$/;

/**
 * Names for an org where the package has the given prefix: empty for sources deployed as they are, the namespace and
 * two underscores (`ns__`) for the installed package. Standard names never get a prefix.
 */
export function createNames(prefix: string): Names {
  const inOrg = (name: string) => (CUSTOM_NAME.test(name) ? prefix + name : name);
  function namesOf<T>(object: string, fields: Readonly<Record<string, FieldSpec>>, others: readonly string[]): T {
    const parents = Object.keys(fields)
      .filter((field) => fields[field]?.kind === 'lookup')
      .map((field) => field.replace(/__c$/, '__r'));
    const all = [...Object.keys(fields), ...parents, ...others].map((name) => [name, inOrg(name)]);
    return { object: inOrg(object), ...Object.fromEntries(all) } as T;
  }
  return {
    prefix,
    bill: namesOf('Bill__c', BILL_FIELDS, ['Id', 'Line_Items__r', 'Runs__r', 'Events__r', 'Requests__r']),
    lineItem: namesOf('Bill_Line_Item__c', LINE_ITEM_FIELDS, ['Id']),
    integration: namesOf('Integration_Configuration__c', INTEGRATION_FIELDS, [
      'Id',
      'Bills__r',
      'Runs__r',
      'Events__r',
      'Requests__r',
    ]),
    credential: namesOf('Integration_Credential__c', CREDENTIAL_FIELDS, ['Id', 'Integrations__r', 'Requests__r']),
    run: namesOf('Integration_Run__c', RUN_FIELDS, [
      'Id',
      'Name',
      'Child_Runs__r',
      'Replays__r',
      'Events__r',
      'Requests__r',
    ]),
    event: namesOf('Integration_Event__c', EVENT_FIELDS, ['Id', 'Name']),
    request: namesOf('Sync_Request__c', REQUEST_FIELDS, ['Id', 'Name']),
    agent: namesOf('Sync_Agent__c', AGENT_FIELDS, ['Id']),
    account: namesOf('Account', ACCOUNT_FIELDS, ['Id', 'Name', 'AccountNumber', 'Bills__r', 'M3ter_Sync_Requests__r']),
  };
}
