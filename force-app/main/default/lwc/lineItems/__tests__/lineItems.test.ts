import '../../../../../../config/jest-mocks/labels';
import { parseDecimal, toText } from 'c/decimal';
import { groupLines, lineItemRow, searchLines, sortLines, toLineItem, totalOf, typeMeaning } from 'c/lineItems';
import type { LineItem } from 'c/lineItems';

const line = (position: number, changes: Partial<Omit<LineItem, 'amount'>> & { amount?: number | null }): LineItem => ({
  id: `a02${position}`,
  position,
  type: 'Usage',
  typeCode: 'USAGE',
  description: '',
  product: '',
  quantity: undefined,
  unit: '',
  unitPrice: undefined,
  pricingCurrency: 'USD',
  ...changes,
  amount: parseDecimal(changes.amount),
});
const positions = (lines: LineItem[]) => lines.map(({ position }) => position);
const field = <T>(value: T) => ({ value });

const LINES = [
  line(1, { product: 'Storage', description: 'Zone 10', amount: 0.1 }),
  line(2, { product: 'Compute', description: 'Zone 9', amount: 5400.2 }),
  line(3, { type: 'Credit memo', typeCode: 'CREDIT_MEMO', description: 'Goodwill', amount: -739.45 }),
  line(4, { product: 'Storage', description: 'zone 9', amount: null }),
];

describe('c/lineItems', () => {
  it('takes the amount in the currency of the Bill', () => {
    const node = {
      Id: 'a02',
      position: field(1),
      type: { value: 'USAGE', label: 'Usage' },
      description: field(null),
      product: field(null),
      quantity: field(1),
      unit: field(null),
      unitPrice: field(1e-7),
      subtotal: field(5000),
      convertedSubtotal: field<number | null>(5400.2),
      pricingCurrency: field('EUR'),
    };
    expect(toText(toLineItem(node, 'USD').amount!)).toBe('5400.2');
    expect(toLineItem({ ...node, convertedSubtotal: field(null) }, 'USD').amount).toBeUndefined();
    expect(toText(toLineItem({ ...node, convertedSubtotal: field(null) }, 'EUR').amount!)).toBe('5000');
  });

  it('finds lines by all words of the search, in any field and case', () => {
    expect(positions(searchLines(LINES, 'ZONE storage'))).toEqual([1, 4]);
    expect(positions(searchLines(LINES, 'credit'))).toEqual([3]);
    expect(searchLines(LINES, ' ')).toHaveLength(4);
    expect(searchLines(LINES, 'zone credit')).toEqual([]);
  });

  it('orders texts as people read them, ties as on the Bill', () => {
    expect(positions(sortLines(LINES, 'description', 'asc'))).toEqual([3, 2, 4, 1]);
    expect(positions(sortLines(LINES, 'position', 'desc'))).toEqual([4, 3, 2, 1]);
  });

  it('orders amounts by size and puts lines without one last in both directions', () => {
    expect(positions(sortLines(LINES, 'amount', 'asc'))).toEqual([3, 1, 2, 4]);
    expect(positions(sortLines(LINES, 'amount', 'desc'))).toEqual([2, 1, 3, 4]);
    expect(positions(sortLines(LINES, 'product', 'desc'))).toEqual([1, 4, 2, 3]);
  });

  it('sums exactly', () => {
    expect(toText(totalOf(LINES))).toBe('4660.85');
  });

  it('groups by product, the largest subtotal first, credits and prepayments last', () => {
    const groups = groupLines(LINES, 'product');
    expect(groups.map(({ name }) => name)).toEqual(['Compute', 'Storage', 'Credits and prepayments']);
    expect(groups.map(({ meaning }) => meaning !== '')).toEqual([false, false, true]);
    expect(groups.map(({ subtotal }) => toText(subtotal))).toEqual(['5400.2', '0.1', '-739.45']);
    expect(positions(groups[1]!.lines)).toEqual([1, 4]);
  });

  it('groups lines without a product behind all products', () => {
    const groups = groupLines([line(1, { amount: 9 }), ...LINES], 'product');
    expect(groups.map(({ name }) => name).slice(2)).toEqual(['Other charges and credits', 'Credits and prepayments']);
  });

  it('says what a type of credit or prepayment means', () => {
    expect(typeMeaning('BALANCE_CONSUMED')).toContain('paid before');
    expect(typeMeaning('USAGE')).toBe('');
  });

  it('groups by type', () => {
    expect(groupLines(LINES, 'type').map(({ name }) => name)).toEqual(['Usage', 'Credit memo']);
    expect(groupLines([line(1, { type: '' })], 'type')[0]!.name).toBe('No type');
  });

  it('names a credit as one, besides its minus', () => {
    expect(lineItemRow(LINES[2]!, 'USD').amount).toBe('Credit -739.45');
    expect(lineItemRow(LINES[1]!, 'USD').amount).toBe('5,400.20');
    expect(lineItemRow(LINES[3]!, 'USD').amount).toBe('');
  });

  it('heads a row without a description with a text', () => {
    expect(lineItemRow(line(1, {}), 'USD').description).toBe('No description');
    expect(lineItemRow(LINES[0]!, 'USD').description).toBe('Zone 10');
  });

  it('shows quantities with their unit and prices with a currency that is not the Bill’s', () => {
    const priced = line(1, { quantity: parseDecimal(1204.5), unit: 'GB', unitPrice: parseDecimal(0.0231) });
    expect(lineItemRow(priced, 'USD')).toMatchObject({ quantity: '1,204.5 GB', unitPrice: '0.0231' });
    expect(lineItemRow({ ...priced, unit: '' }, 'EUR')).toMatchObject({ quantity: '1,204.5', unitPrice: 'USD 0.0231' });
  });
});
