import type { Bill, DataSet } from '../../sandbox/data/model.ts';
import { insertBill, replaceBill } from '../../sandbox/m3ter/billRows.ts';
import { openStore } from '../../sandbox/m3ter/store.ts';
import type { Store } from '../../sandbox/m3ter/store.ts';

const NOTHING: DataSet = { accounts: [], bills: [], externalMappings: [], salesforceAccounts: [], integrations: [] };

/** Puts Bills into the state of a local m3ter, also while it runs on the file; one at a time, so that they need not fit in memory. No events tell of them. */
export function addBills(file: string, bills: Iterable<Bill>): void {
  change(file, (store) => {
    for (const bill of bills) insertBill(store, bill);
  });
}

/** Puts Bills in the place of those with their ids, likewise. */
export function replaceBills(file: string, bills: Iterable<Bill>): void {
  change(file, (store) => {
    for (const bill of bills) replaceBill(store, bill);
  });
}

function change(file: string, work: (store: Store) => void): void {
  const store = openStore(NOTHING, new Date(), file);
  try {
    store.transaction(() => work(store));
  } finally {
    store.close();
  }
}
