import Big from 'big.js';
import { balanceLines, billTotal, exceptionLines, fixedLines, minimumLines, prepaymentLines } from './charges.ts';
import type { Ledger } from './charges.ts';
import type { Customer } from './customers.ts';
import { chargeLine, numberLines } from './lines.ts';
import type { LineContext } from './lines.ts';
import type { Bill, LineItem } from './model.ts';
import { addDays, elapsedShare, instantOf, monthStart } from './periods.ts';
import type { Period } from './periods.ts';
import { decimal } from './pricing.ts';
import { createRandom, uuidOf } from './random.ts';
import { usageLines } from './usage.ts';

const HOUR = 3_600_000;

/** Makes a customer's Bills, oldest first, the last one for the period that `now` falls in. */
export function makeBills(seed: number, customer: Customer, now: Date): Bill[] {
  const ledger: Ledger = { prepayment: new Big(0), balance: new Big(0), seats: customer.seats };
  const bills: Bill[] = [];
  let start = customer.since;
  for (let month = 0; instantOf(start) <= now; month += customer.interval) {
    const period = { start, end: monthStart(start, customer.interval) };
    const bill = makeBill(seed, customer, ledger, period, month, now);
    bills.push(bill);
    ledger.previous = bill;
    start = period.end;
  }
  return bills;
}

function makeBill(seed: number, customer: Customer, ledger: Ledger, period: Period, month: number, now: Date): Bill {
  const id = uuidOf(seed, 'bill', customer.account.id, period.start);
  const context: LineContext = {
    period,
    currency: customer.currency,
    pricingCurrency: customer.pricingCurrency,
    conversionRate: customer.conversionRate,
    planId: uuidOf('plan', customer.tier),
  };
  const closed = instantOf(period.end) <= now;
  const lines = numberLines(id, linesOf(seed, customer, context, ledger, month, closed, now));
  return {
    id,
    ...header(customer, period),
    currencyConversions:
      customer.pricingCurrency === customer.currency
        ? []
        : [
            {
              from: customer.pricingCurrency,
              to: customer.currency,
              multiplier: decimal(customer.conversionRate),
            },
          ],
    ...progress(seed, customer, period, now),
    billTotal: billTotal(lines),
    lineItems: lines,
  };
}

function linesOf(
  seed: number,
  customer: Customer,
  context: LineContext,
  ledger: Ledger,
  month: number,
  closed: boolean,
  now: Date,
): LineItem[] {
  const random = createRandom(`${seed}:bill:${customer.index}:${context.period.start}`);
  const recent = instantOf(context.period.end).getTime() > now.getTime() - 40 * 24 * HOUR;
  const metered = { ...customer, byProject: customer.byProject && recent };
  const usage = usageLines(metered, context, random, month, elapsedShare(context.period, now));
  const fixed = fixedLines(customer, context, ledger, random);
  const minimum = minimumLines(customer, context, usage, closed);
  const prepaid = prepaymentLines(customer, context, ledger, usage);
  const exceptions = closed ? exceptionLines(customer, context, ledger, usage, month) : [];
  const lines = [...fixed, ...usage, ...minimum, ...prepaid, ...exceptions, ...childLines(customer, context)];
  return [...lines, ...balanceLines(customer, context, ledger, lines)];
}

function childLines(customer: Customer, context: LineContext): LineItem[] {
  const { child } = customer;
  if (!child) return [];
  const line = chargeLine(context, {
    type: 'STANDING_CHARGE',
    description: `Growth plan (${child.name})`,
    product: { code: 'platform', name: 'Platform Subscription' },
    units: 1,
    unit: 'month',
    unitPrice: new Big(600),
  });
  return [{ ...line, childAccountId: child.id, childAccountCode: child.code }];
}

function header({ account, company, interval }: Customer, period: Period): Omit<Bill, 'id'> {
  const purchaseOrder = account['purchaseOrderNumber'];
  const dueIn = account['daysBeforeBillDue'];
  return {
    accountId: account.id,
    ...(account.code ? { accountCode: account.code } : {}),
    startDate: period.start,
    endDate: period.end,
    startDateTimeUTC: `${period.start}T00:00:00.000Z`,
    endDateTimeUTC: `${period.end}T00:00:00.000Z`,
    billDate: period.end,
    dueDate: addDays(period.end, typeof dueIn === 'number' ? dueIn : 30),
    billingFrequency: 'MONTHLY',
    billFrequencyInterval: interval,
    timezone: company.place.timezone,
    currency: company.place.currency,
    externalInvoiceDate: period.end,
    ...(purchaseOrder === undefined ? {} : { purchaseOrderNumber: purchaseOrder }),
  };
}

/** Where a Bill stands: the running period is PENDING, the last closed one mostly approved, older ones locked. */
function progress(seed: number, customer: Customer, period: Period, now: Date): Omit<Bill, 'id'> {
  const at = (date: string, hours: number) => new Date(Math.min(instantOf(date, hours).getTime(), now.getTime()));
  const age = (now.getTime() - instantOf(period.end).getTime()) / (24 * HOUR);
  const slow = customer.index % 4 === 3;
  const approved = age > (slow ? 35 : 2);
  const locked = age > 95;
  const created = at(age < 0 ? period.start : period.end, age < 0 ? 26 : 1).toISOString();
  const hourly = new Date(Math.floor(now.getTime() / HOUR) * HOUR);
  const calculated = age < 0 ? new Date(Math.max(hourly.getTime(), Date.parse(created))) : at(period.end, 26);
  const approvedAt = at(period.end, 33 + (customer.index % 9)).toISOString();
  const lockedAt = at(period.end, 24 * 30 + 8).toISOString();
  const user = uuidOf(seed, 'user', 'console');
  const job = uuidOf(seed, 'job', calculated.toISOString());
  return {
    version: (age < 0 ? 1 + Math.max(0, Math.floor(30 + age)) : 30) + (approved ? 1 : 0) + (locked ? 1 : 0),
    status: approved ? 'APPROVED' : 'PENDING',
    locked,
    billJobId: job,
    createdDate: created,
    lastCalculatedDate: calculated.toISOString(),
    jsonStatementGenerated: approved,
    csvStatementGenerated: locked,
    statementStale: false,
    dtCreated: created,
    dtLastModified: locked ? lockedAt : approved ? approvedAt : calculated.toISOString(),
    createdBy: uuidOf(seed, 'user', 'scheduler'),
    lastModifiedBy: approved ? user : uuidOf(seed, 'user', 'scheduler'),
    ...(approved ? { dtApproved: approvedAt, approvedBy: user } : {}),
    ...(locked ? { dtLocked: lockedAt, lockedBy: user } : {}),
  };
}
