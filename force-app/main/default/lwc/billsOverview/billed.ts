import { ZERO, add, compare, isNegative, isZero, parseDecimal, subtract } from 'c/decimal';
import type { Decimal } from 'c/decimal';
import { format } from 'c/format';
import { formatMoney, formatMoneyChange, formatPercentChange } from 'c/money';
import { LABELS } from './labels';
import type { BilledGroup } from './overviewQuery';

/** Accounts that are shown for each currency and direction. */
const MOST_MOVERS = 3;
/** From so many times last month's amount on, a percentage is only a long number. */
const MANY_TIMES = 10n;

/** Two months of one currency, as texts to show. */
export interface CurrencyRow {
  currency: string;
  thisMonth: string;
  lastMonth: string;
  change: string;
  icon: string;
}

/** An Account that was billed much more or much less than the month before, as texts to show. */
export interface Mover extends CurrencyRow {
  key: string;
  account: string;
}

interface Billed {
  key: string;
  account: string;
  currency: string;
  now: Decimal;
  before: Decimal;
}

const changeOf = ({ now, before }: Billed): Decimal => subtract(now, before);

/** This month against last: one row a currency. */
export function byCurrency(thisMonth: BilledGroup[], lastMonth: BilledGroup[]): CurrencyRow[] {
  const totals = new Map<string, Billed>();
  for (const billed of pairs(thisMonth, lastMonth)) {
    const known = totals.get(billed.currency) ?? { ...billed, now: ZERO, before: ZERO };
    totals.set(billed.currency, {
      ...known,
      now: add(known.now, billed.now),
      before: add(known.before, billed.before),
    });
  }
  return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1)).map(row);
}

/** In each currency the Accounts with the largest rise and those with the largest fall. */
export function movers(thisMonth: BilledGroup[], lastMonth: BilledGroup[]): { up: Mover[]; down: Mover[] } {
  const moved = pairs(thisMonth, lastMonth).filter(({ now, before }) => compare(now, before) !== 0);
  const byChange = [...moved].sort((a, b) => compare(changeOf(b), changeOf(a)));
  const currencies = [...new Set(moved.map(({ currency }) => currency))].sort();
  const most = (list: Billed[]) =>
    currencies.flatMap((currency) => list.filter((one) => one.currency === currency).slice(0, MOST_MOVERS)).map(mover);
  return {
    up: most(byChange.filter((one) => !isNegative(changeOf(one)))),
    down: most(byChange.filter((one) => isNegative(changeOf(one))).reverse()),
  };
}

/** Each Account and currency with both months. */
function pairs(thisMonth: BilledGroup[], lastMonth: BilledGroup[]): Billed[] {
  const found = new Map<string, Billed>();
  const take = (group: BilledGroup, month: 'now' | 'before') => {
    const account = group.account?.Name.value ?? group.accountCode.value ?? '';
    const currency = group.currency.value ?? '';
    const key = JSON.stringify([account, group.accountCode.value, currency]);
    const known = found.get(key) ?? { key, account, currency, now: ZERO, before: ZERO };
    const total = parseDecimal(group.total.sum.value) ?? ZERO;
    found.set(key, { ...known, [month]: add(known[month], total) });
  };
  thisMonth.forEach((group) => take(group, 'now'));
  lastMonth.forEach((group) => take(group, 'before'));
  return [...found.values()];
}

function row(billed: Billed): CurrencyRow {
  const { currency, now, before } = billed;
  const change = changeOf(billed);
  return {
    currency,
    thisMonth: formatMoney(now, currency),
    lastMonth: formatMoney(before, currency),
    change: changeWords(billed),
    icon: isNegative(change) ? 'utility:arrowdown' : isZero(change) ? 'utility:dash' : 'utility:arrowup',
  };
}

/** The difference, and how large it is beside last month's amount; beside nothing, or a credit, it has no size. */
function changeWords(billed: Billed): string {
  const { currency, now, before } = billed;
  const money = formatMoneyChange(changeOf(billed), currency);
  if (isZero(before) || isNegative(before) || isNegative(now)) return money;
  const many = { units: before.units * MANY_TIMES, scale: before.scale };
  if (compare(now, many) > 0) return format(LABELS.manyTimes, money);
  return format('{0} ({1})', money, formatPercentChange(now, before));
}

function mover(billed: Billed): Mover {
  return { ...row(billed), key: billed.key, account: billed.account };
}
