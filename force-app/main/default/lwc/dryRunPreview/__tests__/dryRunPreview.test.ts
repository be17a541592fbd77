import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';

const NO_LINES = { added: 0, changed: 0, removed: 0, first: [] };
const BILL = {
  integration: 'All Bills',
  billId: 'b1',
  reference: 'INV-1',
  account: 'acme',
  outcome: 'send',
  reason: null,
  letThrough: null,
  exists: false,
  total: '1234.5',
  currency: 'USD',
  fields: [],
  lines: { ...NO_LINES, added: 2, first: [{ line: 'Storage', kind: 'added', fields: [] }] },
};
const CHANGED = {
  ...BILL,
  billId: 'b2',
  exists: true,
  fields: [
    { field: 'Locked__c', before: 'false', after: 'true' },
    { field: 'Due_Date__c', before: null, after: '2026-12-01' },
    { field: 'Line_Item_Count__c', before: '1200', after: '1201' },
    { field: 'Purchase_Order_Number__c', before: '4500012', after: null },
  ],
  lines: {
    ...NO_LINES,
    changed: 11,
    removed: 1,
    first: [
      { line: 'Compute', kind: 'changed', fields: [{ field: 'Subtotal__c', before: '10.1', after: '11' }] },
      { line: 'Support', kind: 'removed', fields: [] },
    ],
  },
};
const dryRun = (...bills: object[]): object => ({
  integrations: [
    {
      billsRead: 12,
      billsSent: 2,
      skipped: { unchanged: 7, accountFilter: 1 },
      waiting: { missingAccountMapping: 1 },
      unmatched: 1,
      failed: { FIELD_VALUE: 1 },
    },
  ],
  idle: [{ detail: 'Copy belongs to another org.' }],
  letThrough: null,
  bills,
});
const FIELDS: Array<[ApiName: string, label: string, dataType: string]> = [
  ['Locked__c', 'Locked', 'BOOLEAN'],
  ['Due_Date__c', 'Due Date', 'Date'],
  ['Line_Item_Count__c', 'Line Items', 'DOUBLE'],
  ['Purchase_Order_Number__c', 'Purchase Order Number', 'String'],
  ['Subtotal__c', 'Subtotal', 'Double'],
];

describe('c-dry-run-preview', () => {
  let element: any;
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const words = (selector: string): string[] =>
    all(selector).map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

  beforeEach(async () => {
    const { default: DryRunPreview } = await import('c/dryRunPreview');
    element = createElement('c-dry-run-preview', { is: DryRunPreview });
  });
  afterEach(() => element.remove());

  const show = async (...bills: object[]): Promise<void> => {
    element.dryRun = dryRun(...bills);
    document.body.appendChild(element);
    const fields = FIELDS.map(([ApiName, label, dataType]) => ({ ApiName, label, dataType }));
    await answer('apiNames', { uiapi: { objectInfos: [{ fields }, null] } });
  };

  it('counts what would become of the Bills, and says who does not take part', async () => {
    await show();
    expect(words('.counts')).toEqual([
      '12 Bills read · 2 would be sent · 1 of them without an Account · 7 unchanged · 1 by the account filter · ' +
        '1 wait for an Account mapping · 1 would fail',
    ]);
    expect(words('.idle')).toEqual(['Copy belongs to another org.']);
    await expect(element).toBeAccessible();
  });

  it('says of each Bill what would become of it', async () => {
    await show(
      BILL,
      CHANGED,
      { ...BILL, billId: 'b3', outcome: 'skip', reason: 'accountFilter', lines: NO_LINES },
      { ...BILL, billId: 'b4', outcome: 'wait', reason: 'No mapping.', lines: NO_LINES },
      { ...BILL, billId: 'b5', outcome: 'refused', reason: 'The total does not fit.', lines: NO_LINES },
    );
    expect(words('.outcome')).toEqual([
      'New, with Line Items: 2',
      'Changed',
      'Not sent: by the account filter',
      'Waits: No mapping.',
      'Would fail: The total does not fit.',
    ]);
    expect(words('.total')[0]).toBe('USD 1,234.50');
    await expect(element).toBeAccessible();
  });

  it('unfolds field by field what would change, by the labels and kinds of the fields', async () => {
    await show(CHANGED);
    expect(words('summary')).toEqual(['Fields changed: 4 · Line Items changed: 11 · Line Items removed: 1']);
    expect(words('.difference')).toEqual([
      'LockedNo → Yes',
      'Due Dateempty → Dec 1, 2026',
      'Line Items1,200 → 1,201',
      'Purchase Order Number4500012 → empty',
    ]);
    expect(words('.lines li')).toEqual(['ComputechangedSubtotal10.1 → 11', 'Supportremoved']);
    expect(words('.more-lines')).toEqual(['And more Line Items: 10']);
    await expect(element).toBeAccessible();
  });

  it('calls fields by their API names where their labels cannot be read', async () => {
    element.dryRun = dryRun(CHANGED);
    document.body.appendChild(element);
    await refuse('apiNames', 'Gone fishing');
    expect(words('.difference')[0]).toBe('Locked__cfalse → true');
    await expect(element).toBeAccessible();
  });

  it('tells what settings that are not saved change', async () => {
    element.dryRun = {
      ...dryRun(
        { ...BILL, letThrough: 'newly' },
        { ...BILL, billId: 'b3', outcome: 'skip', reason: 'accountFilter', lines: NO_LINES, letThrough: 'noLonger' },
      ),
      letThrough: { newly: 1, noLonger: 1500 },
    };
    document.body.appendChild(element);
    await settled();
    expect(words('h3')).toEqual(['What a sync with these settings would do']);
    expect(words('.counts')[0]).toContain(' · 1 newly let through · 1,500 no longer let through · ');
    expect(words('.outcome')).toEqual([
      'New, with Line Items: 2 · because of these settings',
      'No longer sent: by the account filter',
    ]);
    await expect(element).toBeAccessible();
  });

  it('shows many Bills step by step', async () => {
    await show(...Array.from({ length: 25 }, (_, n) => ({ ...BILL, billId: `b${n}` })));
    expect(all('.bill')).toHaveLength(20);
    expect(all('.more')[0].label).toBe('Show more (20 of 25)');
    all('.more')[0].click();
    await settled();
    expect(all('.bill')).toHaveLength(25);
    expect(all('.more')).toHaveLength(0);
  });
});
