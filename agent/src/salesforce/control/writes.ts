import { chunks } from '../../chunks.ts';
import type { SalesforceRecord } from '../../rules/records.ts';
import { refusalsIn, sendComposite, upsertCollection, withType, type Refusal, type Subrequest } from '../composite.ts';
import type { SalesforceCalls } from '../connection.ts';
import { classify, SalesforceError } from '../errors.ts';

/** Salesforce takes this many records in a collection, and this many collections in a composite call. */
const RECORDS_PER_OPERATION = 200;
const OPERATIONS_PER_CALL = 5;

/** A record was refused for a reason that passes. */
class RecordRefusal extends SalesforceError {
  constructor({ code, message }: Refusal) {
    super(code, message, 'transient');
  }
}

/** Writes records that do not depend on each other's success, five collections in a call. */
export class RecordWrites {
  private readonly connection: SalesforceCalls;

  constructor(connection: SalesforceCalls) {
    this.connection = connection;
  }

  /**
   * Sends operations that may be sent twice. What the org refuses does not undo the rest; a refusal that passes is
   * tried again. The index of each refusal is that of its record in its operation.
   */
  async send(operations: readonly Subrequest[]): Promise<Refusal[]> {
    const refusals: Refusal[] = [];
    for (const some of chunks(operations, OPERATIONS_PER_CALL)) refusals.push(...(await this.sendSome(some)));
    return refusals;
  }

  private async sendSome(operations: readonly Subrequest[]): Promise<Refusal[]> {
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
}

/** Upserts by external id, 200 records each. */
export function upserts(
  reference: string,
  object: string,
  externalId: string,
  records: readonly SalesforceRecord[] = [],
): Subrequest[] {
  return chunks(records, RECORDS_PER_OPERATION).map((some, index) => {
    const { body, ...subrequest } = upsertCollection(`${reference}${index}`, object, externalId, some);
    return { ...subrequest, body: { ...body, allOrNone: false } };
  });
}

/** Updates by record id, 200 records each. */
export function update(
  reference: string,
  object: string,
  changes: ReadonlyMap<string, SalesforceRecord>,
): Subrequest[] {
  const records = [...changes].map(([id, fields]) => ({ ...withType(object, fields), id }));
  return chunks(records, RECORDS_PER_OPERATION).map((some, index) => ({
    method: 'PATCH',
    path: '/composite/sobjects',
    referenceId: `${reference}${index}`,
    body: { allOrNone: false, records: some },
  }));
}
