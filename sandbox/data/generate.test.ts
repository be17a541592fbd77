import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import { parseExact, stringifyExact } from '../shared/exactJson.ts';
import { generateDataSet } from './generate.ts';
import type { Bill, LineItem } from './model.ts';
import { big, digitsOf } from './pricing.ts';
import { withChecksum } from './salesforceIds.ts';

const NOW = new Date('2026-11-22T18:00:00.000Z');
const dataSet = generateDataSet({ seed: 2026, now: NOW });
const lines = dataSet.bills.flatMap(({ lineItems = [] }) => lineItems);
const digitsIn = (value: LineItem['subtotal']) => (big(value).toFixed().split('.')[1] ?? '').length;
const sumOf = (items: LineItem[], field: 'subtotal' | 'convertedSubtotal') =>
  items.reduce((total: Big, line) => total.plus(big(line[field])), new Big(0));

describe('the generated data set', () => {
  it('is the same for a seed and an instant, and another for another seed', () => {
    const small = (seed: number) => stringifyExact(generateDataSet({ seed, accounts: 5, months: 3, now: NOW }));
    assert.equal(small(1), small(1));
    assert.notEqual(small(1), small(2));
    assert.deepEqual(parseExact(stringifyExact(dataSet)), dataSet);
  });

  it('has 40 Accounts in four currencies with Bills over twelve months', () => {
    assert.equal(dataSet.accounts.length, 40);
    assert.deepEqual([...new Set(dataSet.bills.map(({ currency }) => currency))].sort(), ['EUR', 'GBP', 'JPY', 'USD']);
    assert.equal(new Set(dataSet.bills.map(({ endDate }) => endDate)).size, 12);
    assert.equal(new Set(dataSet.bills.map(({ id }) => id)).size, dataSet.bills.length);
    assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length);
  });

  it('adds up: bands to the subtotal, converted subtotals to the total, in the digits of the currency', () => {
    for (const bill of dataSet.bills) {
      assert.ok(big(bill.billTotal).eq(sumOf(bill.lineItems ?? [], 'convertedSubtotal')), bill.id);
      assert.ok(digitsIn(bill.billTotal) <= digitsOf(bill.currency), bill.id);
    }
    for (const line of lines) {
      assert.ok(digitsIn(line.subtotal) <= digitsOf(line.currency), line.id);
      const bands = line.usagePerPricingBand;
      if (!bands) continue;
      const bandTotal = bands.reduce((total: Big, band) => total.plus(big(band.bandSubtotal)), new Big(0));
      assert.ok(big(line.subtotal).eq(bandTotal), line.id);
    }
  });

  it('has every type of Line Item, credits below zero, segments and conversions', () => {
    const types = new Set(lines.map(({ lineItemType }) => lineItemType));
    assert.equal(types.size, 19);
    const credits = lines.filter(({ lineItemType }) => /CONSUMED|REFUND|CREDIT/.test(lineItemType ?? ''));
    assert.ok(credits.every(({ subtotal }) => big(subtotal).lte(0)));
    assert.ok(lines.some(({ segment }) => segment?.['region'] !== undefined));
    assert.ok(lines.some(({ currency, conversionRate }) => currency === 'USD' && !big(conversionRate).eq(1)));
    assert.ok(dataSet.bills.some(({ lineItems = [] }) => lineItems.length > 200));
  });

  it('never draws more from a prepayment than was paid in', () => {
    const balances = new Map<string, Big>();
    for (const { lineItemType, commitmentId, subtotal } of lines) {
      if (typeof commitmentId !== 'string' || !lineItemType?.startsWith('COMMITMENT')) continue;
      balances.set(commitmentId, (balances.get(commitmentId) ?? new Big(0)).plus(big(subtotal)));
    }
    assert.ok(balances.size > 0);
    assert.ok([...balances.values()].every((left) => left.gte(0)));
  });

  it('refers memos to Bills and lines that exist', () => {
    const known = new Set([...dataSet.bills.map(({ id }) => id), ...lines.map(({ id }) => id)]);
    const memos = lines.filter(({ lineItemType }) => lineItemType?.endsWith('_MEMO'));
    assert.ok(memos.length > 0);
    for (const memo of memos) {
      assert.ok(known.has(String(memo['referencedBillId'])) && known.has(String(memo['referencedLineItemId'])));
    }
  });

  it('ends with a PENDING Bill for the running month; old Bills are approved and locked', () => {
    const stages = (test: (bill: Bill) => boolean) => [
      ...new Set(dataSet.bills.filter(test).map(({ status, locked }) => `${status}${locked ? ' locked' : ''}`)),
    ];
    assert.deepEqual(
      stages(({ startDate }) => startDate === '2026-11-01'),
      ['PENDING'],
    );
    assert.deepEqual(
      stages(({ endDate = '' }) => endDate < '2026-08-01'),
      ['APPROVED locked'],
    );
    assert.deepEqual(stages(({ endDate }) => endDate === '2026-11-01').sort(), ['APPROVED', 'PENDING']);
    assert.ok(dataSet.bills.every((bill) => String(bill.dtLastModified) <= NOW.toISOString()));
  });

  it('leaves one Account in five without External Mapping, and some without Salesforce Account', () => {
    const mapped = new Set(dataSet.externalMappings.map(({ m3terId }) => m3terId));
    assert.equal(dataSet.accounts.filter(({ id }) => !mapped.has(id)).length, 8);
    const inSalesforce = new Set(dataSet.salesforceAccounts.map((account) => account['M3ter_Account_Id__c']));
    assert.equal(dataSet.accounts.filter(({ id }) => !inSalesforce.has(id)).length, 3);
    assert.ok(dataSet.salesforceAccounts.some((account) => account['M3ter_Account_Id__c'] === undefined));
    const known = new Set(dataSet.salesforceAccounts.flatMap(({ Id, AccountNumber }) => [Id, AccountNumber]));
    assert.ok(dataSet.externalMappings.every(({ externalId }) => known.has(externalId)));
    for (const { Id } of dataSet.salesforceAccounts) assert.equal(withChecksum(Id.slice(0, 15)), Id);
  });

  it('works on the first instant of a month and of a year', () => {
    const first = generateDataSet({ seed: 1, accounts: 6, months: 2, now: new Date('2026-01-01T00:00:00.000Z') });
    assert.ok(first.bills.some(({ startDate }) => startDate === '2026-01-01'));
    assert.ok(first.bills.every(({ dtCreated = '' }) => dtCreated <= '2026-01-01T00:00:00.000Z'));
  });
});

describe('the checksum of a record id', () => {
  it('tells upper case by five characters each', () => {
    assert.equal(withChecksum('0010000000000G9'), '0010000000000G9AAI');
    assert.equal(withChecksum('001D000000IqhSL'), '001D000000IqhSLIAZ');
  });
});
