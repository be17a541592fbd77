import { billTotal } from '../data/charges.ts';
import type { Bill, LineItem } from '../data/model.ts';
import { addDays } from '../data/periods.ts';
import { createRandom } from '../data/random.ts';
import type { Random } from '../data/random.ts';
import { ApiError, notFound } from './apiError.ts';
import { insertBill, readBill, replaceBill } from './billRows.ts';
import { recordEvent } from './eventLog.ts';
import { billConfig } from './orgSettings.ts';
import { addLateUsage, recalculateLines } from './recalculation.ts';
import { SERVICE_USER } from './audit.ts';
import type { Store } from './store.ts';

/** What changes Bills: each function is one transaction that moves versions and timestamps and records events. */
export interface Billing {
  get: (id: string) => Bill;
  /** Whether a Bill can no longer change: by its own lock, or by the lock date of the Organization. */
  isLocked: (bill: Bill) => boolean;
  create(bill: Bill): Bill;
  /** Approves the PENDING ones of known, unlocked Bills and answers how many there were. */
  approve(ids: string[]): number;
  setStatus(id: string, status: 'PENDING' | 'APPROVED'): Bill;
  /** Locks an APPROVED Bill. */
  lock(id: string): Bill;
  remove(id: string): Bill;
  /** Calculates Bills anew and answers those that changed: locked ones are left as they are. */
  recalculate(ids: string[], jobId: string): Bill[];
  /** Lets usage for a Bill arrive late, which has it recalculated; `line` is what grew. */
  lateUsage(id: string, jobId: string): { bill: Bill; line?: LineItem };
  /** Changes Line Items that are not calculated, such as memos; the status stays. */
  changeLines(id: string, change: (lines: LineItem[], bill: Bill) => LineItem[]): Bill;
  /** Notes that a statement of the Bill as it is has been made; a locked Bill may have one too. */
  noteStatement(id: string, withCsv: boolean): Bill;
}

export function createBilling(store: Store, now: () => Date): Billing {
  const get = (id: string): Bill => {
    const row = store.bills.get(id);
    if (!row) throw notFound('Bill', id);
    return readBill(row);
  };
  const save = (before: Bill, change: Partial<Bill>, remove: string[] = []): Bill => {
    const at = now();
    const next: Bill = {
      ...before,
      ...change,
      version: nextVersion(before),
      dtLastModified: at.toISOString(),
      lastModifiedBy: SERVICE_USER,
    };
    for (const field of remove) delete next[field];
    const oldDto = String(store.bills.get(before.id)?.['document']);
    const newDto = replaceBill(store, next);
    recordEvent(store, 'billing.bill.updated', { newDto, oldDto }, next.id, next.accountId, at);
    return next;
  };
  const isLocked = (bill: Bill): boolean => {
    const { billLockDate } = billConfig(store.settings);
    return bill.locked === true || (billLockDate !== undefined && lastDay(bill) <= billLockDate);
  };
  const unlocked = (bill: Bill): Bill => {
    if (isLocked(bill)) throw new ApiError(400, `Bill ${bill.id} is locked and cannot change.`);
    return bill;
  };
  const setStatus = (id: string, status: 'PENDING' | 'APPROVED'): Bill => {
    const bill = unlocked(get(id));
    if (bill.status === status) return bill;
    if (status === 'PENDING') return save(bill, { status }, APPROVAL);
    return save(bill, { status, dtApproved: now().toISOString(), approvedBy: SERVICE_USER });
  };
  const calculated = (bill: Bill, lines: LineItem[], jobId: string): Bill => {
    const at = now().toISOString();
    const change = { ...ofLines(bill, lines), status: 'PENDING', billJobId: jobId, lastCalculatedDate: at };
    return save(bill, change, APPROVAL);
  };
  const random = (bill: Bill): Random => createRandom(`${bill.id}:${store.nextTurn()}`);

  const billing: Billing = {
    get,
    isLocked,
    create: (bill) => {
      const newDto = insertBill(store, bill);
      recordEvent(store, 'billing.bill.created', { newDto }, bill.id, bill.accountId, now());
      return bill;
    },
    approve: (ids) => {
      const pending = ids.map(get).filter((bill) => bill.status !== 'APPROVED');
      for (const bill of pending) setStatus(bill.id, 'APPROVED');
      return pending.length;
    },
    setStatus,
    lock: (id) => {
      const bill = unlocked(get(id));
      if (bill.status !== 'APPROVED') throw new ApiError(400, `Bill ${id} is PENDING. Approve it before locking it.`);
      return save(bill, { locked: true, dtLocked: now().toISOString(), lockedBy: SERVICE_USER });
    },
    remove: (id) => {
      const bill = unlocked(get(id));
      const oldDto = String(store.bills.get(id)?.['document']);
      store.bills.delete({ sql: 'id = ?', params: [id] });
      recordEvent(store, 'billing.bill.deleted', { oldDto }, id, bill.accountId, now());
      return bill;
    },
    recalculate: (ids, jobId) =>
      ids
        .map(get)
        .filter((bill) => !isLocked(bill))
        .map((bill) => calculated(bill, recalculateLines(bill, nextVersion(bill), random(bill)), jobId)),
    lateUsage: (id, jobId) => {
      const bill = unlocked(get(id));
      const { lines, line } = addLateUsage(bill, nextVersion(bill), random(bill));
      return { bill: calculated(bill, lines, jobId), ...(line ? { line } : {}) };
    },
    changeLines: (id, change) => {
      const bill = unlocked(get(id));
      return save(bill, ofLines(bill, change(bill.lineItems ?? [], bill)));
    },
    noteStatement: (id, withCsv) =>
      save(get(id), {
        jsonStatementGenerated: true,
        ...(withCsv ? { csvStatementGenerated: true } : {}),
        statementStale: false,
      }),
  };
  return inTransactions(store, billing);
}

const APPROVAL = ['dtApproved', 'approvedBy'];

const nextVersion = (bill: Bill): number => (bill.version ?? 0) + 1;

/** The last day of a Bill's period; Bills without one are never too old. */
export const lastDay = ({ endDate }: Bill): string => (endDate === undefined ? '9999-12-31' : addDays(endDate, -1));

/** What of a Bill follows from its Line Items: numbers, total, and that statements are out of date. */
function ofLines(bill: Bill, lines: LineItem[]): Partial<Bill> {
  const hasStatement = bill['jsonStatementGenerated'] === true || bill['csvStatementGenerated'] === true;
  return {
    lineItems: lines,
    billTotal: billTotal(lines),
    ...(hasStatement ? { statementStale: true } : {}),
  };
}

function inTransactions(store: Store, billing: Billing): Billing {
  return {
    get: billing.get,
    isLocked: billing.isLocked,
    create: (bill) => store.transaction(() => billing.create(bill)),
    approve: (ids) => store.transaction(() => billing.approve(ids)),
    setStatus: (id, status) => store.transaction(() => billing.setStatus(id, status)),
    lock: (id) => store.transaction(() => billing.lock(id)),
    remove: (id) => store.transaction(() => billing.remove(id)),
    recalculate: (ids, jobId) => store.transaction(() => billing.recalculate(ids, jobId)),
    lateUsage: (id, jobId) => store.transaction(() => billing.lateUsage(id, jobId)),
    changeLines: (id, change) => store.transaction(() => billing.changeLines(id, change)),
    noteStatement: (id, withCsv) => store.transaction(() => billing.noteStatement(id, withCsv)),
  };
}
