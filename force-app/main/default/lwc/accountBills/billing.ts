import { billState, notices, statusWords } from 'c/billStatus';
import type { BillStateNode } from 'c/billStatus';
import type { MonthTotal } from 'c/billingChart';
import type { Field } from 'c/connection';
import { formatDay, formatPeriod, lastDay, lastMonths } from 'c/dates';
import { ZERO, add, parseDecimal } from 'c/decimal';
import type { Decimal } from 'c/decimal';
import { format } from 'c/format';
import { formatMoney } from 'c/money';
import { LABELS } from './labels';

/** A Bill as the Account's query gives it. */
export interface BillNode extends BillStateNode {
  Id: string;
  Name: Field<string>;
  periodStart: Field<string>;
  periodEnd: Field<string>;
  dueDate: Field<string>;
  total: Field<number>;
  currency: Field<string>;
}

/** A Bill in the list of recent ones; everything but the id is text to show. */
export interface RecentBill {
  id: string;
  /** The address of the Bill's page; empty until it is known. */
  url: string;
  name: string;
  period: string;
  status: string;
  statusIcon: string;
  total: string;
}

/** What was billed per month in one currency. */
export interface CurrencyTrend {
  currency: string;
  months: MonthTotal[];
}

/** Turns a Bill into an entry of the list; what needs attention is said beside the status. */
export function recentBill(node: BillNode): RecentBill {
  const state = billState(node);
  const status = statusWords(state);
  return {
    id: node.Id,
    url: '',
    name: node.Name.value ?? '',
    period: formatPeriod(node.periodStart.value, node.periodEnd.value),
    status: [status.text, ...notices(state).map(({ word }) => word)].join(' · '),
    statusIcon: status.icon,
    total: formatMoney(parseDecimal(node.total.value), node.currency.value ?? ''),
  };
}

/** The Bills that are still being calculated, each as a sentence. */
export function pendingBills(bills: BillNode[]): string[] {
  const pending = bills.filter((bill) => bill.status.value === 'PENDING' && bill.total.value !== null);
  return pending.map((bill) => {
    const { total, period } = recentBill(bill);
    return format(LABELS.pending, total, period);
  });
}

/** An approved Bill that is due about now; everything but the id is text to show. */
export interface DueBill {
  id: string;
  name: string;
  due: string;
  total: string;
}

/** Days before and after the due date in which somebody should think of the payment. */
const DUE_DAYS = 30;
const DAY_MS = 86_400_000;

/** The approved Bills whose due date is near, before or after `today` (`YYYY-MM-DD`), the earliest first. */
export function dueBills(bills: BillNode[], today: string): DueBill[] {
  const daysUntil = (day: string) => (Date.parse(day) - Date.parse(today)) / DAY_MS;
  return bills
    .filter(({ status }) => status.value === 'APPROVED')
    .map((bill) => ({ bill, due: bill.dueDate.value ?? '' }))
    .filter(({ due }) => Math.abs(daysUntil(due)) <= DUE_DAYS)
    .sort((a, b) => daysUntil(a.due) - daysUntil(b.due))
    .map(({ bill, due }) => {
      const { id, name, total } = recentBill(bill);
      return { id, name, total, due: format(due < today ? LABELS.wasDue : LABELS.dueOn, formatDay(due)) };
    });
}

/**
 * What was billed per currency in the `count` months that end with the latest Bill's month. A Bill belongs to the month
 * of its period's last day.
 */
export function trends(bills: BillNode[], count: number): CurrencyTrend[] {
  const latest = bills.map(monthOf).sort().at(-1);
  if (!latest) return [];
  const months = lastMonths(count, new Date(`${latest}-01T00:00:00Z`));
  const totals = new Map<string, Map<string, Decimal>>();
  for (const bill of bills) addBill(totals, bill);
  const all = [...totals].map(([currency, byMonth]) => ({
    currency,
    months: months.map((month) => ({ month, total: byMonth.get(month) ?? ZERO })),
  }));
  return all.filter(({ months: shown }) => shown.some(({ total }) => total !== ZERO));
}

function addBill(totals: Map<string, Map<string, Decimal>>, bill: BillNode): void {
  const amount = parseDecimal(bill.total.value);
  const month = monthOf(bill);
  if (!amount || !month) return;
  const currency = bill.currency.value ?? '';
  const byMonth = totals.get(currency) ?? new Map<string, Decimal>();
  totals.set(currency, byMonth.set(month, add(byMonth.get(month) ?? ZERO, amount)));
}

function monthOf(bill: BillNode): string {
  const end = bill.periodEnd.value;
  return (end ? lastDay(end) : (bill.periodStart.value ?? '')).slice(0, 7);
}
