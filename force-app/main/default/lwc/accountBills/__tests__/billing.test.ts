import '../../../../../../config/jest-mocks/labels';
import { toText } from 'c/decimal';
import { dueBills, pendingBills, recentBill, trends } from '../billing';
import bills from './data/bills.json';

const NODES = bills.uiapi.query.bills.edges.map(({ node }) => node);
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('the billing of an Account', () => {
  it('shows a Bill by its name, period, status and total', () => {
    const { name, status, ...shown } = recentBill({ ...NODES[0]!, complete: { value: false } });
    expect([name, status]).toEqual(['INV-000216', 'Pending · Still being written']);
    expect([plain(shown.period), plain(shown.total)]).toEqual(['Nov 1 – 30, 2026', 'USD 1,204.00']);
  });

  it('says what is pending so far', () => {
    expect(pendingBills(NODES).map(plain)).toEqual(['Pending so far: USD 1,204.00 (Nov 1 – 30, 2026)']);
  });

  it('finds approved Bills that are due within thirty days before or after, the earliest first', () => {
    const due = (name: string, day: string | null, status = 'APPROVED') => ({
      ...NODES[1]!,
      Name: { value: name },
      dueDate: { value: day },
      status: { value: status },
    });
    const all = [
      due('later', '2026-12-22'),
      due('too late', '2026-12-23'),
      due('past', '2026-10-23'),
      due('long past', '2026-10-22'),
      due('pending', '2026-11-22', 'PENDING'),
      due('never', null),
    ];
    expect(dueBills(all, '2026-11-22').map((bill) => `${bill.name}: ${bill.due}`)).toEqual([
      'past: Was due Oct 23, 2026',
      'later: Due Dec 22, 2026',
    ]);
  });

  it('sums per currency and month of the last day, exactly, up to the latest month', () => {
    const found = trends(NODES, 3).map(({ currency, months }) => [
      currency,
      ...months.map(({ month, total }) => `${month} ${toText(total)}`),
    ]);
    expect(found).toEqual([
      ['USD', '2026-09 -20.5', '2026-10 12480.55', '2026-11 1204'],
      ['EUR', '2026-09 0.3', '2026-10 0', '2026-11 0'],
    ]);
  });

  it('leaves out a currency that was not billed in these months, and Bills without a period', () => {
    expect(trends(NODES, 1).map(({ currency }) => currency)).toEqual(['USD']);
    expect(trends([{ ...NODES[0]!, periodStart: { value: null }, periodEnd: { value: null } }], 1)).toEqual([]);
    expect(trends([], 12)).toEqual([]);
  });
});
