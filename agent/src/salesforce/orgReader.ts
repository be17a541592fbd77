import { chunks } from '../chunks.ts';
import type { AccountKeys } from '../rules/accountMatch.ts';
import { digestKey, lineAmount, TOLD_FIELDS, toldFields, type BillDigest } from '../rules/changes.ts';
import type { HeldBill } from '../rules/differences.ts';
import { BILL_FIELDS, LINE_ITEM_FIELDS } from '../rules/fields.ts';
import type { Names } from '../rules/names.ts';
import { firstRefusal, queryPart, refusalError, sendComposite } from './composite.ts';
import type { SalesforceCalls } from './connection.ts';
import { IDS_PER_QUERY, instantOf, queryAll, quoteList, readAnswer, restOf, textOf, type QueryRow } from './soql.ts';

/** What the org holds of a Bill. */
export interface OrgBill {
  readonly billId: string;
  readonly recordId: string;
  readonly sourceVersion: number;
  readonly hash: string | null;
  /** Every Line Item was written, and it is not marked as deleted. */
  readonly isComplete: boolean;
  readonly fields: BillDigest['fields'];
  /** ISO instant. */
  readonly syncedAt: string | null;
}

/** A Bill of which is known where it is, and what was written last. */
export interface PresentBill {
  readonly recordId: string;
  /** Null while it is half-written. */
  readonly hash: string | null;
  /** The record id of the integration that wrote it last. */
  readonly integrationId: string | null;
}

/** What the org holds of the Line Items of a Bill. */
export interface OrgLines {
  /** Record ids by key. */
  readonly ids: Readonly<Record<string, string>>;
  readonly amounts: BillDigest['amounts'];
}

export interface Wanted {
  readonly m3terAccountIds?: readonly string[];
  readonly accountRecordIds?: readonly string[];
  readonly accountNumbers?: readonly string[];
  readonly billIds?: readonly string[];
}

export interface Found {
  readonly accounts: readonly AccountKeys[];
  readonly bills: readonly OrgBill[];
}

/** Salesforce takes this many queries in one composite call. */
const QUERIES_PER_CALL = 5;
/** The names of all fields leave room for fewer ids in a query's URL. */
const WHOLE_BILLS_PER_QUERY = 100;

interface LookUp {
  readonly of: 'account' | 'bill';
  readonly soql: string;
}

/** Reads from the org what decides how Bills are written. */
export class OrgReader {
  private readonly connection: SalesforceCalls;
  private readonly names: Names;

  constructor(connection: SalesforceCalls, names: Names) {
    this.connection = connection;
    this.names = names;
  }

  /** Accounts by any of their keys, and Bills by m3ter id: up to five queries of 300 ids in one call. */
  async find(wanted: Wanted): Promise<Found> {
    const { account, bill } = this.names;
    const accountFields = ['Id', account.M3ter_Account_Id__c, account.AccountNumber].join(', ');
    const accounts = (field: string, keys: readonly string[] = []) =>
      lookUps('account', `SELECT ${accountFields} FROM ${account.object} WHERE ${field}`, keys);
    const billFields = [
      bill.M3ter_Bill_Id__c,
      bill.Source_Version__c,
      bill.Payload_Hash__c,
      bill.Sync_State__c,
      bill.Deleted_In_M3ter__c,
      bill.Last_Sync__c,
      ...TOLD_FIELDS.map((field) => bill[field]),
    ];
    const all = [
      ...accounts(account.M3ter_Account_Id__c, wanted.m3terAccountIds),
      ...accounts('Id', wanted.accountRecordIds),
      ...accounts(account.AccountNumber, wanted.accountNumbers),
      ...lookUps(
        'bill',
        `SELECT Id, ${billFields.join(', ')} FROM ${bill.object} WHERE ${bill.M3ter_Bill_Id__c}`,
        wanted.billIds ?? [],
      ),
    ];
    const rows = await this.runAll(all);
    return {
      accounts: rows.flatMap(({ of, row }) => (of === 'account' ? [this.toAccount(row)] : [])),
      bills: rows.flatMap(({ of, row }) => (of === 'bill' ? [this.toBill(row)] : [])),
    };
  }

  /** All Bills that are not marked as deleted in m3ter, by m3ter id; a call for each 2,000. */
  async presentBills(): Promise<Map<string, PresentBill>> {
    const { object, M3ter_Bill_Id__c, Payload_Hash__c, Integration__c, Deleted_In_M3ter__c } = this.names.bill;
    const fields = ['Id', M3ter_Bill_Id__c, Payload_Hash__c, Integration__c].join(', ');
    const rows = await queryAll(
      this.connection,
      `SELECT ${fields} FROM ${object} WHERE ${Deleted_In_M3ter__c} = false`,
    );
    const present = new Map<string, PresentBill>();
    for (const row of rows) {
      const billId = textOf(row, M3ter_Bill_Id__c);
      if (!billId) continue;
      const [hash, integrationId] = [textOf(row, Payload_Hash__c), textOf(row, Integration__c)];
      present.set(billId, { recordId: textOf(row, 'Id') ?? '', hash, integrationId });
    }
    return present;
  }

  /** The Line Items of Bills, by the Bill's record id. */
  async linesOf(billRecordIds: readonly string[]): Promise<Map<string, OrgLines>> {
    const { object, Bill__c, Line_Item_Key__c, Subtotal__c, Converted_Subtotal__c } = this.names.lineItem;
    const fields = ['Id', Line_Item_Key__c, Bill__c, Subtotal__c, Converted_Subtotal__c].join(', ');
    const none = (): { ids: Record<string, string>; amounts: Record<string, string | null> } => ({
      ids: {},
      amounts: {},
    });
    const found = new Map(billRecordIds.map((id) => [id, none()]));
    for (const ids of chunks(billRecordIds, IDS_PER_QUERY)) {
      const soql = `SELECT ${fields} FROM ${object} WHERE ${Bill__c} IN (${quoteList(ids)})`;
      for (const row of await queryAll(this.connection, soql)) {
        const lines = found.get(textOf(row, Bill__c) ?? '');
        const key = textOf(row, Line_Item_Key__c) ?? '';
        if (!lines) continue;
        lines.ids[key] = textOf(row, 'Id') ?? '';
        lines.amounts[digestKey(key)] = lineAmount(row, this.names);
      }
    }
    return found;
  }

  /** All fields of Bills and their Line Items, by the Bill's m3ter id; a call for each 2,000 records. */
  async heldBills(billIds: readonly string[]): Promise<Map<string, HeldBill>> {
    const { bill, lineItem } = this.names;
    const billFields = Object.keys(BILL_FIELDS).map((field) => bill[field as keyof typeof BILL_FIELDS]);
    const lineFields = Object.keys(LINE_ITEM_FIELDS).map((field) => lineItem[field as keyof typeof LINE_ITEM_FIELDS]);
    const held = new Map<string, HeldBill>();
    for (const ids of chunks(billIds, WHOLE_BILLS_PER_QUERY)) {
      const headers = `SELECT Id, ${billFields.join(', ')} FROM ${bill.object} WHERE ${bill.M3ter_Bill_Id__c}`;
      const byId = new Map<string, { header: QueryRow; lines: QueryRow[] }>();
      for (const header of await queryAll(this.connection, `${headers} IN (${quoteList(ids)})`)) {
        const found = { header, lines: [] };
        byId.set(textOf(header, 'Id') ?? '', found);
        held.set(textOf(header, bill.M3ter_Bill_Id__c) ?? '', found);
      }
      if (byId.size === 0) continue;
      const lines = `SELECT ${lineFields.join(', ')} FROM ${lineItem.object} WHERE ${lineItem.Bill__c}`;
      for (const line of await queryAll(this.connection, `${lines} IN (${quoteList(byId.keys())})`))
        byId.get(textOf(line, lineItem.Bill__c) ?? '')?.lines.push(line);
    }
    return held;
  }

  private async runAll(lookUps: readonly LookUp[]): Promise<Array<{ of: LookUp['of']; row: QueryRow }>> {
    const parts = await Promise.all(
      chunks(lookUps, QUERIES_PER_CALL).map((some) => this.connection.retrying(() => this.runSome(some))),
    );
    return parts.flat();
  }

  private async runSome(some: readonly LookUp[]): Promise<Array<{ of: LookUp['of']; row: QueryRow }>> {
    const queries = some.map(({ soql }, index) => queryPart(`q${index}`, soql));
    const answers = await sendComposite(this.connection, queries, false);
    const found = await Promise.all(
      some.map(async ({ of }, index) => {
        const refusal = firstRefusal(answers[index]);
        if (refusal) throw refusalError('a query', refusal);
        // Account numbers need not be unique, so that 300 of them may name more Accounts than one page holds.
        const { rows } = await restOf(this.connection, readAnswer(answers[index]?.body));
        return rows.map((row) => ({ of, row }));
      }),
    );
    return found.flat();
  }

  private toAccount(row: QueryRow): AccountKeys {
    const { M3ter_Account_Id__c, AccountNumber } = this.names.account;
    return {
      id: textOf(row, 'Id') ?? '',
      m3terAccountId: textOf(row, M3ter_Account_Id__c),
      accountNumber: textOf(row, AccountNumber),
    };
  }

  private toBill(row: QueryRow): OrgBill {
    const { bill } = this.names;
    return {
      billId: textOf(row, bill.M3ter_Bill_Id__c) ?? '',
      recordId: textOf(row, 'Id') ?? '',
      sourceVersion: Number(row[bill.Source_Version__c] ?? 0),
      hash: textOf(row, bill.Payload_Hash__c),
      isComplete: row[bill.Sync_State__c] === 'Complete' && row[bill.Deleted_In_M3ter__c] !== true,
      fields: toldFields(row, this.names),
      syncedAt: instantOf(row, bill.Last_Sync__c)?.toISOString() ?? null,
    };
  }
}

function lookUps(of: LookUp['of'], select: string, keys: readonly string[]): LookUp[] {
  const unique = [...new Set(keys.filter((key) => key !== ''))];
  return chunks(unique, IDS_PER_QUERY).map((some) => ({ of, soql: `${select} IN (${quoteList(some)})` }));
}
