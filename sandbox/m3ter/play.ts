import type { Account, Bill } from '../data/model.ts';
import { addDays, dateOf } from '../data/periods.ts';
import { createRandom } from '../data/random.ts';
import { parseExact } from '../shared/exactJson.ts';
import { ApiError, notFound } from './apiError.ts';
import type { Api } from './app.ts';
import { currentMonth, makeBill } from './jobs/dueBills.ts';
import type { Store } from './store.ts';
import { where } from './table.ts';

/** What happened to which Bill, in words for a person. */
export interface Played {
  billId: string;
  reference: string;
  accountName: string;
  message: string;
}

/** Things that happen in m3ter. Without a Bill's id each picks one that it makes sense for. */
export interface Play {
  /** Makes Bills: for the running month where an Account has none yet, else an ad hoc Bill for today's usage. */
  billRun: (request: { accountId?: string; count?: number }) => Played & { bills: Played[] };
  recalculate: (billId?: string) => Played;
  approve: (billId?: string) => Played;
  remove: (billId?: string) => Played;
  lateUsage: (billId?: string) => Played;
}

const METERED = `lines LIKE '%"lineItemType":"USAGE"%'`;

export function createPlay({ store, billing, jobs, now }: Api): Play {
  const tell = (bill: Bill, message: (name: string, reference: string) => string): Played => {
    const accountName = accountNameOf(store, bill);
    const reference = referenceOf(bill);
    return { billId: bill.id, reference, accountName, message: message(accountName, reference) };
  };
  const target = (billId: string | undefined, what: string, conditions: string[]): string =>
    billId ?? pickBill(store, what, conditions);

  return {
    billRun: ({ accountId, count = 1 }) =>
      store.transaction(() => {
        const jobId = jobs.newId();
        const made = accountsToBill(store, now(), accountId, count).map(({ account, adHoc }) => {
          const today = dateOf(now());
          const terms = adHoc
            ? { period: { start: today, end: addDays(today, 1) }, frequency: 'AD_HOC', interval: 1 }
            : { period: currentMonth(now()), frequency: 'MONTHLY', interval: 1 };
          return billing.create(makeBill(store, account, { ...terms, jobId }, now()));
        });
        jobs.record('CREATE', jobId, made);
        const bills = made.map((bill) => tell(bill, (name, reference) => `Bill ${reference} was made for ${name}.`));
        const [first] = bills;
        if (!first)
          throw new ApiError(409, 'There is no Account to bill. Start the sandbox with a data set that has one.');
        return { ...first, message: bills.map(({ message }) => message).join(' '), bills };
      }),
    recalculate: (billId) => {
      const id = target(billId, 'recalculate', ['locked = 0', METERED]);
      if (billing.isLocked(billing.get(id)))
        throw new ApiError(409, `Bill ${id} is locked and cannot be recalculated.`);
      store.transaction(() => {
        const jobId = jobs.newId();
        jobs.record('RECALCULATE', jobId, billing.recalculate([id], jobId));
      });
      return tell(
        billing.get(id),
        (name, reference) => `Bill ${reference} of ${name} was recalculated and is PENDING.`,
      );
    },
    approve: (billId) => {
      const bill = billing.setStatus(target(billId, 'approve', ["status = 'PENDING'", 'locked = 0']), 'APPROVED');
      return tell(bill, (name, reference) => `Bill ${reference} of ${name} was approved.`);
    },
    remove: (billId) => {
      const bill = billing.remove(target(billId, 'delete', ["status = 'PENDING'", 'locked = 0']));
      return tell(bill, (name, reference) => `Bill ${reference} of ${name} was deleted.`);
    },
    lateUsage: (billId) =>
      store.transaction(() => {
        const jobId = jobs.newId();
        const { bill, line } = billing.lateUsage(target(billId, 'add late usage to', ['locked = 0', METERED]), jobId);
        jobs.record('RECALCULATE', jobId, [bill]);
        const usage = line?.description ?? 'usage';
        return tell(bill, (name, reference) => `Late usage (${usage}) reached Bill ${reference} of ${name}.`);
      }),
  };
}

/** One of the newest fitting Bills: PENDING ones first, and among them another one each time. */
function pickBill(store: Store, what: string, conditions: string[]): string {
  const filters = conditions.map((sql) => ({ sql, params: [] }));
  const rows = store.bills.select(filters, "ORDER BY status = 'PENDING' DESC, seq DESC LIMIT 20", 'id');
  if (rows.length === 0) throw new ApiError(409, `There is no Bill to ${what}. Generate a bill run first.`);
  return String(createRandom(`pick:${store.nextTurn()}`).pick(rows)['id']);
}

function accountsToBill(store: Store, now: Date, accountId: string | undefined, count: number) {
  const { start } = currentMonth(now);
  const billed = new Set(
    store.bills
      .select(where('start_date >= ?', start), '', 'DISTINCT account_id')
      .map((row) => String(row['account_id'])),
  );
  const parse = (text: unknown) => parseExact(String(text)) as Account;
  if (accountId !== undefined) {
    const row = store.accounts.get(accountId);
    if (!row) throw notFound('Account', accountId);
    return [{ account: parse(row['document']), adHoc: billed.has(accountId) }];
  }
  const accounts = store.accounts.select([], 'ORDER BY seq').map((row) => parse(row['document']));
  const own = accounts.filter((account) => account['parentAccountId'] === undefined);
  const first = createRandom(`run:${store.nextTurn()}`).integer(0, Math.max(0, own.length - 1));
  const turned = [...own.slice(first), ...own.slice(0, first)];
  const waiting = turned.filter(({ id }) => !billed.has(id));
  const rest = turned.filter(({ id }) => billed.has(id));
  return [...waiting, ...rest].slice(0, count).map((account) => ({ account, adHoc: billed.has(account.id) }));
}

function accountNameOf(store: Store, bill: Bill): string {
  const row = bill.accountId === undefined ? undefined : store.accounts.get(bill.accountId);
  const name = row && (parseExact(String(row['document'])) as Account).name;
  return name ?? bill.accountCode ?? bill.accountId ?? 'an unknown Account';
}

/** What m3ter's Console shows as a Bill's reference. */
const referenceOf = (bill: Bill): string => bill.sequentialInvoiceNumber ?? `INV-${bill.id.slice(-4)}`;
