import { chunks } from '../chunks.ts';
import type { Names } from '../rules/names.ts';
import { PACK_LIMITS, type Pack, type PackItem, type Phase } from '../rules/packing.ts';
import type { SalesforceRecord } from '../rules/records.ts';
import { deleteCollection, keyText, upsertCollection, upsertOne, type Subrequest } from './composite.ts';

/** A Bill to write: header with hash, lines, and its child Run, whose Bill exists once the header is written. */
export interface WriteItem extends PackItem {
  readonly billId: string;
  readonly header: SalesforceRecord;
  readonly lines: readonly SalesforceRecord[];
  /** Record ids of lines of an earlier send that the Bill no longer has. */
  readonly staleIds: readonly string[];
  readonly childRun: SalesforceRecord;
}

/** A subrequest, and whose each of its records is. */
export interface Operation {
  readonly kind: 'header' | 'run' | 'line' | 'stale';
  readonly subrequest: Subrequest;
  readonly owners: readonly WriteItem[];
  /** Of `line`: the keys of its records. */
  readonly keys?: readonly string[];
}

interface Owned<T> {
  readonly owner: WriteItem;
  readonly value: T;
}

const { recordsPerCollection } = PACK_LIMITS;

/** The parts of the call that writes a pack: headers, where the version guard fires, child Runs, lines, deletes. */
export function packOperations({ items, headers }: Pack<WriteItem>, names: Names): Operation[] {
  const headerParts =
    headers === 'plain'
      ? items.map((item, index) => headerOperation(item, item.header, names, index))
      : [headersOperation(items, names)];
  const lines = items.flatMap((owner) => owner.lines.map((value) => ({ owner, value })));
  const stale = items.flatMap((owner) => owner.staleIds.map((value) => ({ owner, value })));
  return [
    ...headerParts,
    runsOperation(items, names),
    ...chunks(lines, recordsPerCollection).map((some, index) => linesOperation(some, names, index)),
    ...chunks(stale, recordsPerCollection).map((some, index) => staleOperation(some, index)),
  ];
}

/** The parts of one of the calls that write a Bill in phases. Only the last marks it Complete, hash and Run included. */
export function phaseOperations(item: WriteItem, phase: Phase, names: Names): Operation[] {
  const writing = { ...item.header, [names.bill.Sync_State__c]: 'Writing', [names.bill.Payload_Hash__c]: null };
  const own = <T>(values: readonly T[]): Owned<T>[] => values.map((value) => ({ owner: item, value }));
  return [
    headerOperation(item, phase.isLast ? item.header : writing, names, 0),
    ...(phase.isLast ? [runsOperation([item], names)] : []),
    ...phase.lines.map(({ from, to }, index) => linesOperation(own(item.lines.slice(from, to)), names, index)),
    ...phase.stale.map(({ from, to }, index) => staleOperation(own(item.staleIds.slice(from, to)), index)),
  ];
}

function headerOperation(owner: WriteItem, header: SalesforceRecord, { bill }: Names, index: number): Operation {
  const subrequest = upsertOne(`header${index}`, bill.object, bill.M3ter_Bill_Id__c, header);
  return { kind: 'header', owners: [owner], subrequest };
}

function headersOperation(items: readonly WriteItem[], { bill }: Names): Operation {
  const records = items.map(({ header }) => header);
  return {
    kind: 'header',
    owners: items,
    subrequest: upsertCollection('headers', bill.object, bill.M3ter_Bill_Id__c, records),
  };
}

function runsOperation(items: readonly WriteItem[], { run }: Names): Operation {
  const records = items.map(({ childRun }) => childRun);
  return { kind: 'run', owners: items, subrequest: upsertCollection('runs', run.object, run.Run_Key__c, records) };
}

function linesOperation(lines: readonly Owned<SalesforceRecord>[], { lineItem }: Names, index: number): Operation {
  const records = lines.map(({ value }) => value);
  return {
    kind: 'line',
    owners: lines.map(({ owner }) => owner),
    keys: records.map((record) => lineKey(record, lineItem.Line_Item_Key__c)),
    subrequest: upsertCollection(`lines${index}`, lineItem.object, lineItem.Line_Item_Key__c, records),
  };
}

function staleOperation(stale: readonly Owned<string>[], index: number): Operation {
  const ids = stale.map(({ value }) => value);
  return { kind: 'stale', owners: stale.map(({ owner }) => owner), subrequest: deleteCollection(`stale${index}`, ids) };
}

export function lineKey(record: SalesforceRecord, keyField: string): string {
  return keyText(record[keyField]);
}
