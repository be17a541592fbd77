import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import BillsOverview from 'c/billsOverview';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';
// @ts-expect-error only the test double has it
import { CurrentPageReference, navigations } from 'lightning/navigation';

const page = CurrentPageReference as any;
const billed = (account: string | null, currency: string, total: number, code = 'code') => ({
  account: account === null ? null : { Name: { value: account } },
  accountCode: { value: code },
  currency: { value: currency },
  total: { sum: { value: total } },
});
const groups = (aggregates: object[]) => ({ edges: aggregates.map((aggregate) => ({ node: { aggregate } })) });
const count = (value: number) => groups([{ bills: { count: { value } } }]);
const data = (changes: object = {}) => ({
  uiapi: {
    aggregate: {
      thisMonth: groups([
        billed('Atlas', 'USD', 110.1),
        billed('Borealis', 'USD', 0.2),
        billed('Cobalt', 'JPY', 500),
        billed(null, 'USD', 5, 'delta_co'),
      ]),
      lastMonth: groups([billed('Atlas', 'USD', 100), billed('Borealis', 'USD', 0.3), billed('Echo', 'USD', 50)]),
      unmatched: count(2),
      changed: count(1),
      writing: count(0),
      deleted: count(0),
      ...changes,
    },
  },
});

describe('c-bills-overview', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const texts = (selector: string): string[] =>
    [...element.shadowRoot.querySelectorAll(selector)].map(({ textContent }: any) =>
      textContent.replace(/\s+/g, ' ').trim(),
    );

  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-22T18:00:00Z'), doNotFake: ['queueMicrotask', 'setTimeout'] });
    navigations.length = 0;
    element = createElement('c-bills-overview', { is: BillsOverview });
    document.body.appendChild(element);
  });
  afterEach(() => {
    element.remove();
    jest.useRealTimers();
  });

  it('shows that it is loading', async () => {
    expect(find('lightning-spinner').alternativeText).toBe('Loading Bills');
    await expect(element).toBeAccessible();
  });

  it('compares this month with last, each currency for itself', async () => {
    await answer('thisMonth', data());
    expect(texts('.currencies thead th')).toEqual(['Currency', 'October 2026', 'November 2026 so far', 'Change']);
    expect(texts('.currencies tbody tr')).toEqual([
      'JPYJPY 0JPY 500+JPY 500',
      'USDUSD 150.30USD 115.30-USD 35.00 (-23%)',
    ]);
    await expect(element).toBeAccessible();
  });

  it.each([
    ['a tenfold amount', 10, 1, '+USD 9.00 (+900%)'],
    ['more than that', 160_025, 1, '+USD 160,024.00 (more than 10 times last month)'],
    ['nothing left', 0, 80, '-USD 80.00 (-100%)'],
    ['a first amount', 80, 0, '+USD 80.00'],
    ['a credit before', 20, -5, '+USD 25.00'],
    ['a credit now', -5, 20, '-USD 25.00'],
  ])('gives a change a size that says something: %s', async (_, now, before, change) => {
    const months = {
      thisMonth: groups([billed('Atlas', 'USD', now)]),
      lastMonth: groups([billed('Atlas', 'USD', before)]),
    };
    await answer('thisMonth', data(months));
    expect(texts('.currencies tbody td:last-child')).toEqual([change]);
    expect(texts('.movers .number')).toEqual([change]);
  });

  it('names who was billed much more and who much less; unmatched Accounts by their code', async () => {
    await answer('thisMonth', data());
    const [up, down] = [...element.shadowRoot.querySelectorAll('.movers section')];
    const rows = (section: any) => [...section.querySelectorAll('.account')].map(({ textContent }: any) => textContent);
    expect(rows(up)).toEqual(['Cobalt', 'Atlas', 'delta_co']);
    expect(rows(down)).toEqual(['Echo', 'Borealis']);
  });

  it('leads to the Bills that need attention', async () => {
    await answer('thisMonth', data());
    expect(texts('.attention li')).toEqual(['Changed after approval: 1', 'Without a Salesforce Account: 2']);
    find('.show').click();
    expect(navigations).toMatchObject([{ state: { c__show: 'changed' } }]);
  });

  it('says so when no Bill needs attention, and when none was billed', async () => {
    const none = { thisMonth: groups([]), lastMonth: groups([]), unmatched: count(0), changed: count(0) };
    await answer('thisMonth', data(none));
    expect(texts('.all-well')).toEqual(['No Bill needs your attention.']);
    expect(find('.no-bills')).not.toBeNull();
    await expect(element).toBeAccessible();
    find('c-unsent-bills').dispatchEvent(new CustomEvent('counted', { detail: 2 }));
    await Promise.resolve();
    expect(texts('.all-well')).toEqual([]);
  });

  it('says what went wrong and tries again', async () => {
    await refuse('thisMonth', 'Gone fishing');
    expect(find('c-error-panel').what).toBe('The overview could not be loaded.');
    await expect(element).toBeAccessible();
  });

  it('leaves it to the list to tell who may not see Bills', async () => {
    await refuse('thisMonth', 'Cannot query field "Bill__c" on type "RecordQueryAggregate".');
    expect(find('lightning-card')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('does not stand above a list of only some Bills', async () => {
    page.emit({ state: { c__accountId: '001000000000001AAA' } });
    await answer('thisMonth', data());
    expect(find('lightning-card')).toBeNull();
  });
});
