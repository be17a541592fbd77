import '../../../../../../config/jest-mocks/labels';
import { parseDecimal } from 'c/decimal';
import { agreementOf } from '../agreement';

const bill = (total: number | null, sentTotal: number | null, changes: object = {}) => ({
  total: parseDecimal(total),
  sentTotal: parseDecimal(sentTotal),
  currency: 'USD',
  excludedCount: 0,
  complete: true,
  writtenLines: 4,
  expectedLines: 4,
  ...changes,
});
const text = (...parameters: Parameters<typeof bill>) => agreementOf(bill(...parameters))?.text.replace(/\s/g, ' ');

describe('whether the sent lines add up to the Bill', () => {
  it('agrees to the digits of the currency', () => {
    expect(agreementOf(bill(12480.55, 12480.55))).toEqual({ agrees: true, text: 'The totals agree' });
    expect(agreementOf(bill(12480.55, 12480.5482))?.agrees).toBe(true);
    expect(agreementOf(bill(12480.55, 12480.54))?.agrees).toBe(false);
  });

  it('mentions excluded lines that cost nothing together', () => {
    const expected = 'The totals agree. Line Items of excluded types, not shown: 3.';
    expect(text(10, 10, { excludedCount: 3 })).toBe(expected);
  });

  it('says what is not shown because its type is excluded', () => {
    const expected = 'USD 40.00 is not shown. Line Items of excluded types, not sent: 3.';
    expect(text(100, 60, { excludedCount: 3 })).toBe(expected);
  });

  it('says that lines are still to come', () => {
    expect(text(100, 60, { complete: false, writtenLines: 2 })).toBe('Line Items written so far: 2 of 4.');
  });

  it('says by how much the totals differ and what to do when it knows no reason', () => {
    expect(text(100, 60)).toMatch(/^The totals differ by USD 40\.00\. Compare the Bill in m3ter/);
  });

  it('says nothing while a total is not known', () => {
    expect(agreementOf(bill(null, 60))).toBeUndefined();
    expect(agreementOf(bill(100, null))).toBeUndefined();
  });
});
