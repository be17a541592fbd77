import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import BillChanges from 'c/billChanges';

const CHANGES = {
  since: '2026-11-20T12:00:00.000Z',
  fields: {
    Bill_Total__c: ['12431', '12480.55'],
    Status__c: ['PENDING', 'APPROVED'],
    Locked__c: ['false', 'true'],
    Period_End__c: ['2026-10-01', '2026-11-01'],
    Due_Date__c: [null, '2026-10-30'],
  },
  added: { count: 2, amount: '50' },
  removed: { count: 1, amount: '-0.45' },
  changed: { count: 0, amount: '0' },
  lines: [{ position: 4, text: 'Storage', from: null, to: '27.82' }],
};

describe('c-bill-changes', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const texts = (selector: string): string[] =>
    [...element.shadowRoot.querySelectorAll(selector)].map(({ textContent }: any) => textContent.replace(/\s/g, ' '));
  const show = (properties: object) => {
    element = createElement('c-bill-changes', { is: BillChanges });
    Object.assign(element, { currencyCode: 'USD', ...properties });
    document.body.appendChild(element);
  };
  afterEach(() => element.remove());

  it('says what changed, the weightiest first, with values before and after', async () => {
    show({ changes: JSON.stringify(CHANGES) });
    expect(texts('.sentences li')).toEqual([
      'Bill total: USD 12,431.00 → USD 12,480.55',
      'Status: Pending → Approved',
      'Lock: Not locked → Locked',
      'Last day of the billing period: Sep 30, 2026 → Oct 31, 2026',
      'Due date: None → Oct 30, 2026',
      'Line Items added: 2 (+USD 50.00)',
      'Line Items removed: 1 (-USD 0.45)',
    ]);
    expect(find('.since c-relative-time').value).toBe(CHANGES.since);
    await expect(element).toBeAccessible();
  });

  it('unfolds the Line Items that changed most', async () => {
    show({ changes: JSON.stringify(CHANGES) });
    expect(find('table')).toBeNull();
    find('.toggle').click();
    await Promise.resolve();
    expect(find('.toggle').getAttribute('aria-expanded')).toBe('true');
    expect(texts('tbody tr > *')).toEqual(['4', 'Storage', 'None', 'USD 27.82']);
    await expect(element).toBeAccessible();
  });

  it('warns of amounts that changed after the approval', async () => {
    show({ changes: JSON.stringify(CHANGES), changedAfterApproval: '2026-11-22T12:00:00.000Z' });
    expect(find('.after-approval c-relative-time').value).toBe('2026-11-22T12:00:00.000Z');
    await expect(element).toBeAccessible();
  });

  it.each([[null], [undefined], ['{"cut":']])('says that nothing has changed for %p', async (changes) => {
    show({ changes });
    expect(texts('.none')).toEqual(['Nothing has changed since this Bill was first sent.']);
    await expect(element).toBeAccessible();
  });
});
