import type { BillRecords } from '../data/records.ts';

/** The org that a peer writes to, with a session that is open. */
export interface PeerOrg {
  readonly instanceUrl: string;
  readonly username: string;
  readonly accessToken: string;
}

/** Another way to bring Bills into Salesforce. Each writes the same records with the same external ids. */
export interface Peer {
  readonly name: string;
  /** How it works, and its version where it is a library. */
  readonly says: string;
  /** Of a large load only this many Bills are written, and times and calls are extrapolated. */
  readonly sample?: number;
  /** It cannot show half a Bill, by the way it writes. */
  readonly isAtomic?: boolean;
  load(org: PeerOrg, bills: readonly BillRecords[]): Promise<void>;
}

export const BILL = { object: 'Bill__c', key: 'M3ter_Bill_Id__c' } as const;
export const LINE = { object: 'Bill_Line_Item__c', key: 'Line_Item_Key__c' } as const;

export function slices<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

/** Does the work for each value, so many at a time. */
export async function inLanes<T>(
  values: readonly T[],
  lanes: number,
  work: (value: T) => Promise<void>,
): Promise<void> {
  const waiting = values.values();
  const lane = async (): Promise<void> => {
    for (const value of waiting) await work(value);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
