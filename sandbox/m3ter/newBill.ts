import Big from 'big.js';
import { API_CALLS, STORAGE } from '../data/catalogue.ts';
import { billTotal } from '../data/charges.ts';
import { chargeLine, numberLines, usageLine } from '../data/lines.ts';
import type { Account, Bill, LineItem } from '../data/model.ts';
import { addDays } from '../data/periods.ts';
import type { Period } from '../data/periods.ts';
import { uuidOf } from '../data/random.ts';
import type { Random } from '../data/random.ts';
import { isMetered, reprice, withoutId } from './recalculation.ts';

/** Kinds of lines that a customer's next Bill has again. */
const RECURRING = new Set(['STANDING_CHARGE', 'COUNTER_RUNNING_TOTAL_CHARGE']);

export interface BillRequest {
  id: string;
  account: Account;
  /** The Account's Bill before, whose recurring lines and terms the new one continues. */
  latest?: Bill;
  period: Period;
  frequency: string;
  interval: number;
  billDate?: string;
  dueDate?: string;
  externalInvoiceDate?: string;
  jobId: string;
  invoiceNumber?: string;
  now: Date;
  userId: string;
}

/** A new PENDING Bill with the lines that its Account's latest Bill makes likely. */
export function newBill(request: BillRequest, random: Random): Bill {
  const { account, latest, period } = request;
  const currency = latest?.currency ?? account.currency ?? 'USD';
  const lines = numberLines(
    request.id,
    latest?.lineItems ? nextLines(latest, period, random) : firstLines(currency, period, random),
  );
  const purchaseOrder = account['purchaseOrderNumber'];
  const at = request.now.toISOString();
  const dueIn = account['daysBeforeBillDue'];
  const billDate = request.billDate ?? period.end;
  return {
    id: request.id,
    version: 1,
    accountId: account.id,
    ...(account.code === undefined ? {} : { accountCode: account.code }),
    startDate: period.start,
    endDate: period.end,
    startDateTimeUTC: `${period.start}T00:00:00.000Z`,
    endDateTimeUTC: `${period.end}T00:00:00.000Z`,
    billDate,
    dueDate: request.dueDate ?? addDays(billDate, typeof dueIn === 'number' ? dueIn : 30),
    billingFrequency: request.frequency,
    billFrequencyInterval: request.interval,
    timezone: 'UTC',
    currency,
    currencyConversions: latest?.['currencyConversions'] ?? [],
    locked: false,
    status: 'PENDING',
    billJobId: request.jobId,
    lastCalculatedDate: at,
    externalInvoiceDate: request.externalInvoiceDate ?? period.end,
    ...(purchaseOrder === undefined ? {} : { purchaseOrderNumber: purchaseOrder }),
    ...(request.invoiceNumber === undefined ? {} : { sequentialInvoiceNumber: request.invoiceNumber }),
    jsonStatementGenerated: false,
    csvStatementGenerated: false,
    statementStale: false,
    createdDate: at,
    dtCreated: at,
    dtLastModified: at,
    createdBy: request.userId,
    lastModifiedBy: request.userId,
    billTotal: billTotal(lines),
    lineItems: lines,
  };
}

function nextLines(latest: Bill, period: Period, random: Random): LineItem[] {
  return (latest.lineItems ?? []).flatMap((line) => {
    if (!isMetered(line) && !RECURRING.has(line.lineItemType ?? '')) return [];
    const next = isMetered(line)
      ? reprice(line, new Big(random.integer(70, 140)).div(100), latest.currency)
      : withoutId(line);
    return [
      {
        ...next,
        servicePeriodStartDate: `${period.start}T00:00:00.000Z`,
        servicePeriodEndDate: `${period.end}T00:00:00.000Z`,
      },
    ];
  });
}

function firstLines(currency: string, period: Period, random: Random): LineItem[] {
  const context = {
    period,
    currency,
    pricingCurrency: currency,
    conversionRate: new Big(1),
    planId: uuidOf('plan', 'Starter'),
  };
  const fee = {
    type: 'STANDING_CHARGE',
    description: 'Starter plan',
    product: { code: 'platform', name: 'Platform Subscription' },
    units: 1,
    unit: 'month',
    unitPrice: new Big(90),
  };
  return [
    chargeLine(context, fee),
    usageLine(context, API_CALLS, new Big(random.integer(20_000, 400_000))),
    usageLine(context, STORAGE, new Big(random.integer(5_000, 90_000)).div(100)),
  ];
}
