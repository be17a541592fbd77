import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { DataSet } from '../data/dataSet.ts';
import type { Account, ExternalMapping } from '../data/model.ts';
import { insertBill } from './billRows.ts';
import { documentText } from './documentText.ts';
import { recordEvent } from './eventLog.ts';
import { DocumentTable, where } from './table.ts';
import type { Filter, Row } from './table.ts';

export interface Credentials {
  apiKey: string;
  apiSecret: string;
}

/** An event that has been recorded; `document` is its JSON text. */
export interface RecordedEvent {
  name: string;
  document: string;
}

/** Texts by name. */
export interface Settings {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** What local m3ter holds. Every write of several documents goes through `transaction`. */
export interface Store {
  bills: DocumentTable;
  accounts: DocumentTable;
  mappings: DocumentTable;
  events: DocumentTable;
  jobs: DocumentTable;
  /** Notification rules, webhook destinations, and the integration configurations that link them. */
  rules: DocumentTable;
  webhooks: DocumentTable;
  configs: DocumentTable;
  /** Credit and debit Line Items. */
  memos: DocumentTable;
  statementJobs: DocumentTable;
  /** The latest statement of each Bill, by the Bill's id: JSON in `document`, and `csv`. */
  statements: DocumentTable;
  currencies: DocumentTable;
  creditReasons: DocumentTable;
  debitReasons: DocumentTable;
  /** Single documents, such as the configuration of the Organization, as JSON text by name. */
  settings: Settings;
  /** The access key made when the state was; it stays the same as long as the state does. */
  credentials: Credentials;
  /** Counts the writes that the sandbox invents data for, so that each invents something else. */
  nextTurn(): number;
  /** The sequential invoice number after the latest, undefined when the Bills carry none. */
  nextInvoiceNumber(): string | undefined;
  /**
   * Line Items of all Bills, those of the newest Bill first, as `id` of the Bill and JSON text `line`. Filters may name
   * `bills` and, with its JSON in `value`, `line`.
   */
  lineItems(filters: Filter[], limit: number, offset: number): Row[];
  transaction<T>(work: () => T): T;
  /** Tells the listener of an event, once the transaction that made it is over. */
  announce(event: RecordedEvent): void;
  onEvent(listener: (event: RecordedEvent) => void): void;
  close(): void;
}

/**
 * Opens the state of local m3ter, in memory without a file. A new state starts with the data set; a state that
 * already holds data ignores it.
 */
export function openStore(dataSet: DataSet, now: Date, stateFile?: string): Store {
  const db = new DatabaseSync(stateFile ?? ':memory:');
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  db.exec('CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  const settings = settingsOf(db);
  let listener: (event: RecordedEvent) => void = () => undefined;
  let pending: RecordedEvent[] = [];
  const announceAll = (): void => {
    const events = pending;
    pending = [];
    events.forEach((event) => listener(event));
  };
  const store: Store = {
    ...tablesOf(db),
    settings,
    credentials: { apiKey: '', apiSecret: '' },
    nextTurn: () => {
      const turn = Number(settings.get('turn') ?? 0) + 1;
      settings.set('turn', String(turn));
      return turn;
    },
    nextInvoiceNumber: () => {
      const next = following(settings.get('lastInvoiceNumber'));
      if (next !== undefined) settings.set('lastInvoiceNumber', next);
      return next;
    },
    lineItems: (filters, limit, offset) => {
      const conditions = filters.map(({ sql }) => `(${sql})`).join(' AND ') || 'true';
      const sql = `SELECT bills.id, line.value AS line FROM bills, json_each(bills.lines) AS line
        WHERE ${conditions} ORDER BY bills.seq DESC, line.key LIMIT ${limit} OFFSET ${offset}`;
      return db.prepare(sql).all(...filters.flatMap(({ params }) => params));
    },
    transaction: (work) => inTransaction(db, work, announceAll, () => void (pending = [])),
    announce: (event) => {
      pending.push(event);
      if (!db.isTransaction) announceAll();
    },
    onEvent: (next) => void (listener = next),
    close: () => db.close(),
  };
  if (settings.get('apiKey') === undefined) {
    store.transaction(() => {
      load(store, dataSet, now);
      const last = lastInvoiceNumber(dataSet);
      if (last !== undefined) settings.set('lastInvoiceNumber', last);
      settings.set('apiKey', `local-${randomBytes(8).toString('hex')}`);
      settings.set('apiSecret', randomBytes(24).toString('base64url'));
    });
  }
  store.credentials = { apiKey: settings.get('apiKey') ?? '', apiSecret: settings.get('apiSecret') ?? '' };
  return store;
}

function tablesOf(db: DatabaseSync) {
  const text = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'TEXT']));
  const picklist = { ...text('code'), archived: 'INTEGER' };
  const billColumns = ['account_id', 'bill_date', 'invoice_date', 'start_date', 'end_date', 'frequency', 'status'];
  return {
    bills: new DocumentTable(
      db,
      'bills',
      { ...text(...billColumns, 'job_id', 'total', 'lines'), locked: 'INTEGER NOT NULL' },
      ['account_id', 'bill_date', 'job_id'],
    ),
    accounts: new DocumentTable(db, 'accounts', text('code', 'parent_id'), ['code', 'parent_id']),
    mappings: new DocumentTable(
      db,
      'mappings',
      text('entity', 'm3ter_id', 'external_system', 'external_table', 'external_id', 'config_id'),
      ['m3ter_id', 'external_id'],
    ),
    events: new DocumentTable(db, 'events', text('event_name', 'account_id', 'resource_id', 'event_time'), [
      'event_name',
      'event_time',
    ]),
    jobs: new DocumentTable(db, 'jobs', text('status', 'work')),
    rules: new DocumentTable(db, 'rules', { ...text('event_name'), active: 'INTEGER' }, ['event_name']),
    webhooks: new DocumentTable(db, 'webhooks', {}),
    configs: new DocumentTable(db, 'configs', text('entity_type', 'entity_id', 'destination', 'destination_id'), [
      'entity_id',
    ]),
    memos: new DocumentTable(db, 'memos', text('bill_id', 'kind'), ['bill_id']),
    statementJobs: new DocumentTable(db, 'statement_jobs', text('bill_id', 'status')),
    statements: new DocumentTable(db, 'statements', text('csv')),
    currencies: new DocumentTable(db, 'currencies', picklist),
    creditReasons: new DocumentTable(db, 'credit_reasons', picklist),
    debitReasons: new DocumentTable(db, 'debit_reasons', picklist),
  };
}

function settingsOf(db: DatabaseSync): Settings {
  const read = db.prepare('SELECT value FROM settings WHERE name = ?');
  const write = db.prepare('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  return {
    get: (name) => {
      const row = read.get(name);
      return row === undefined ? undefined : String(row['value']);
    },
    set: (name, value) => void write.run(name, value),
  };
}

function inTransaction<T>(db: DatabaseSync, work: () => T, committed: () => void, rolledBack: () => void): T {
  if (db.isTransaction) return work();
  db.exec('BEGIN IMMEDIATE');
  let result: T;
  try {
    result = work();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    rolledBack();
    throw error;
  }
  committed();
  return result;
}

/** Documents go in from the oldest to the newest, because lists show the last one first. */
function load(store: Store, dataSet: DataSet, now: Date): void {
  for (const account of dataSet.accounts) insertAccount(store, account);
  for (const mapping of dataSet.externalMappings) insertMapping(store, mapping);
  const created = (bill: { dtCreated?: string }) => bill.dtCreated ?? '';
  const ordered = dataSet.bills.toSorted((a, b) => (created(a) < created(b) ? -1 : created(a) > created(b) ? 1 : 0));
  for (const bill of ordered) {
    const document = insertBill(store, bill);
    const time = new Date(bill.dtCreated ?? NaN);
    if (!Number.isNaN(time.getTime()))
      recordEvent(store, 'billing.bill.created', { newDto: document }, bill.id, bill.accountId, time);
  }
  forgetOldEvents(store, now);
}

/** m3ter keeps events for 28 days. */
export function forgetOldEvents(store: Store, now: Date): void {
  const limit = new Date(now.getTime() - 28 * 86_400_000).toISOString();
  for (const filter of where('event_time < ?', limit)) store.events.delete(filter);
}

export function accountValues(account: Account) {
  const parent = account['parentAccountId'];
  return {
    document: documentText(account),
    code: account.code ?? null,
    parent_id: typeof parent === 'string' ? parent : null,
  };
}

export const insertAccount = (store: Store, account: Account): void =>
  store.accounts.insert({ id: account.id, ...accountValues(account) });

export function mappingValues(mapping: ExternalMapping) {
  return {
    document: documentText(mapping),
    entity: mapping.m3terEntity ?? null,
    m3ter_id: mapping.m3terId ?? null,
    external_system: mapping.externalSystem ?? null,
    external_table: mapping.externalTable ?? null,
    external_id: mapping.externalId ?? null,
    config_id: mapping.integrationConfigId ?? null,
  };
}

export const insertMapping = (store: Store, mapping: ExternalMapping): void =>
  store.mappings.insert({ id: mapping.id, ...mappingValues(mapping) });

function lastInvoiceNumber(dataSet: DataSet): string | undefined {
  const numbered = dataSet.bills.flatMap(({ sequentialInvoiceNumber: number }) =>
    number !== undefined && /\d$/.test(number) ? [number] : [],
  );
  return numbered.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1)).at(-1);
}

function following(number: string | undefined): string | undefined {
  return number?.replace(/\d+$/, (digits) => String(Number(digits) + 1).padStart(digits.length, '0'));
}
