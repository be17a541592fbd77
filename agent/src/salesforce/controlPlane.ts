import type { Integration, SortLineItemsBy } from '../rules/integration.ts';
import type { Names } from '../rules/names.ts';
import type { SalesforceRecord } from '../rules/records.ts';
import { refusalsIn, sendComposite, upsertCollection, withType, type Refusal, type Subrequest } from './composite.ts';
import type { SalesforceCalls } from './connection.ts';
import { classify, SalesforceError } from './errors.ts';
import { queryAll, quote, textOf, type QueryRow } from './soql.ts';

/** An integration, and when the agent last told the org that it looked after it. */
export interface ConfiguredIntegration extends Integration {
  readonly lastCheck: Date | null;
}

/** Records about the agent's work. A parent Run is written before its children, children before Events. */
export interface Journal {
  readonly parentRuns?: readonly SalesforceRecord[];
  readonly childRuns?: readonly SalesforceRecord[];
  readonly events?: readonly SalesforceRecord[];
  /** Fields of Integration Configurations, by record id. */
  readonly integrations?: ReadonlyMap<string, SalesforceRecord>;
}

const RECORDS_PER_OPERATION = 200;
const OPERATIONS_PER_CALL = 5;

/** A record was refused for a reason that passes. */
class RecordRefusal extends SalesforceError {
  constructor({ code, message }: Refusal) {
    super(code, message, 'transient');
  }
}

/** The part of the org that controls the agent and that the agent reports to. */
export class ControlPlane {
  private readonly connection: SalesforceCalls;
  private readonly names: Names;

  constructor(connection: SalesforceCalls, names: Names) {
    this.connection = connection;
    this.names = names;
  }

  /** Every integration for Bills that the org has, enabled or not. */
  async readIntegrations(): Promise<ConfiguredIntegration[]> {
    const { object, Entity_Type__c, Destination__c, ...names } = this.names.integration;
    const fields = [
      'Id',
      'Name',
      names.Enabled__c,
      names.Trigger_Type__c,
      names.Account_Ids__c,
      names.Restricted_Account_Ids__c,
      names.Account_Filter__c,
      names.Only_Send_Bill_On_Approval__c,
      names.Use_External_Mapping_Account_Code__c,
      names.Excluded_Line_Item_Types__c,
      names.Sort_Line_Items_By__c,
      names.Connection_Status__c,
      names.Pinned_Org_Id__c,
      names.Last_Check__c,
    ];
    const isOurs = `${Entity_Type__c} = ${quote('Bill')} AND ${Destination__c} = ${quote('Salesforce')}`;
    const soql = `SELECT ${fields.join(', ')} FROM ${object} WHERE ${isOurs} ORDER BY Name, Id`;
    return (await queryAll(this.connection, soql)).map((row) => this.toIntegration(row));
  }

  /**
   * Writes what is given, in one call where it fits. What the org refuses does not undo the rest and is returned.
   * Every record has a key, so that writing again changes nothing.
   */
  async write(journal: Journal): Promise<Refusal[]> {
    const { run, event } = this.names;
    const operations = [
      ...upserts('parents', run.object, run.Run_Key__c, journal.parentRuns),
      ...upserts('children', run.object, run.Run_Key__c, journal.childRuns),
      ...upserts('events', event.object, event.Event_Key__c, journal.events),
      ...this.updates(journal.integrations ?? new Map<string, SalesforceRecord>()),
    ];
    const refusals: Refusal[] = [];
    for (let from = 0; from < operations.length; from += OPERATIONS_PER_CALL) {
      const some = operations.slice(from, from + OPERATIONS_PER_CALL);
      refusals.push(...(await this.send(some)));
    }
    return refusals;
  }

  /** Sends what has keys or ids, and again when a refusal is one that passes. */
  private async send(operations: readonly Subrequest[]): Promise<Refusal[]> {
    let refusals: Refusal[] = [];
    const attempt = async (): Promise<void> => {
      refusals = (await sendComposite(this.connection, operations, false)).flatMap(refusalsIn);
      const passing = refusals.find(({ code, message }) => classify(code, message) === 'transient');
      if (passing) throw new RecordRefusal(passing);
    };
    await this.connection.retrying(attempt).catch((error: unknown) => {
      if (!(error instanceof RecordRefusal)) throw error;
    });
    return refusals;
  }

  /** Marks Bills by their record ids as deleted in m3ter. One that the org does not have any more is passed over. */
  async markDeleted(recordIds: readonly string[]): Promise<Refusal[]> {
    const { object, Deleted_In_M3ter__c } = this.names.bill;
    const records = recordIds.map((id) => ({ ...withType(object, { [Deleted_In_M3ter__c]: true }), id }));
    const refusals: Refusal[] = [];
    for (let from = 0; from < records.length; from += RECORDS_PER_OPERATION) {
      const some = records.slice(from, from + RECORDS_PER_OPERATION);
      refusals.push(...(await this.send([update('deleted', some)])));
    }
    return refusals;
  }

  private updates(integrations: ReadonlyMap<string, SalesforceRecord>): Subrequest[] {
    if (integrations.size === 0) return [];
    const { object } = this.names.integration;
    return [
      update(
        'integrations',
        [...integrations].map(([id, fields]) => ({ ...withType(object, fields), id })),
      ),
    ];
  }

  private toIntegration(row: QueryRow): ConfiguredIntegration {
    const names = this.names.integration;
    const lastCheck = Date.parse(textOf(row, names.Last_Check__c) ?? '');
    return {
      id: textOf(row, 'Id') ?? '',
      name: textOf(row, 'Name') ?? '',
      enabled: row[names.Enabled__c] === true,
      connectionStatus: textOf(row, names.Connection_Status__c) ?? '',
      pinnedOrgId: textOf(row, names.Pinned_Org_Id__c),
      triggerType: row[names.Trigger_Type__c] === 'SCHEDULE' ? 'SCHEDULE' : 'EVENT',
      accountIds: listed(textOf(row, names.Account_Ids__c), /\s+/),
      restrictedAccountIds: listed(textOf(row, names.Restricted_Account_Ids__c), /\s+/),
      accountFilter: textOf(row, names.Account_Filter__c) ?? '',
      onlySendBillOnApproval: row[names.Only_Send_Bill_On_Approval__c] === true,
      useExternalMappingAccountCode: row[names.Use_External_Mapping_Account_Code__c] === true,
      excludedLineItemTypes: listed(textOf(row, names.Excluded_Line_Item_Types__c), ';'),
      sortLineItemsBy: sortChoice(textOf(row, names.Sort_Line_Items_By__c)),
      lastCheck: Number.isNaN(lastCheck) ? null : new Date(lastCheck),
    };
  }
}

function upserts(
  reference: string,
  object: string,
  externalId: string,
  records: readonly SalesforceRecord[] = [],
): Subrequest[] {
  return Array.from({ length: Math.ceil(records.length / RECORDS_PER_OPERATION) }, (_, index) => {
    const some = records.slice(index * RECORDS_PER_OPERATION, (index + 1) * RECORDS_PER_OPERATION);
    const { body, ...subrequest } = upsertCollection(`${reference}${index}`, object, externalId, some);
    return { ...subrequest, body: { ...body, allOrNone: false } };
  });
}

function update(referenceId: string, records: readonly object[]): Subrequest {
  return { method: 'PATCH', path: '/composite/sobjects', referenceId, body: { allOrNone: false, records } };
}

function listed(text: string | null, separator: RegExp | string): string[] {
  return (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function sortChoice(text: string | null): SortLineItemsBy {
  return text === 'SUBTOTAL' || text === 'AGGREGATION_ID' ? text : 'NONE';
}
