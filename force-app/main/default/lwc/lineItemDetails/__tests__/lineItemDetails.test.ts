import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';

const value = (given: unknown, label?: string): object => ({ value: given, ...(label ? { label } : {}) });
const LINE = {
  Id: 'a03000000000001AAA',
  position: value(3),
  type: value('USAGE', 'Usage'),
  description: value('Storage'),
  fullDescription: value('Storage, EU'),
  product: value('Object storage'),
  accountingProduct: value(null),
  subtotal: value(27.82),
  currency: value('USD'),
  conversionRate: value(null),
  convertedSubtotal: value(null),
  periodStart: value('2026-09-01T00:00:00.000Z'),
  periodEnd: value('2026-10-01T00:00:00.000Z'),
  segment: value('{"region":"EU","tier":"gold"}'),
  bands: value(
    '[{"lowerLimit":0,"bandUnits":1000,"unitPrice":0.025,"bandSubtotal":25.00},' +
      '{"lowerLimit":1000,"bandUnits":204.5,"unitPrice":0.01380000000000001,"bandSubtotal":2.82,"pricingBandId":"1-2"}]',
  ),
  bill: { currency: value('USD'), timeZone: value('UTC') },
};

describe('c-line-item-details', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const facts = (): Record<string, string> =>
    Object.fromEntries(
      [...element.shadowRoot.querySelectorAll('.facts > div')].map((fact: any) => [
        fact.querySelector('dt').textContent,
        fact.querySelector('dd').textContent.replace(/\s/g, ' '),
      ]),
    );
  const bands = (): string[][] =>
    [...element.shadowRoot.querySelectorAll('.bands tbody tr')].map((row: any) =>
      [...row.querySelectorAll('td')].map(({ textContent }) => textContent),
    );
  const show = (...lines: object[]): Promise<void> =>
    answer('recordId', { uiapi: { query: { lines: { edges: lines.map((node) => ({ node })) } } } });

  beforeEach(async () => {
    const { default: LineItemDetails } = await import('c/lineItemDetails');
    element = createElement('c-line-item-details', { is: LineItemDetails });
    element.recordId = LINE.Id;
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('waits for the Line Item', async () => {
    await Promise.resolve();
    expect(find('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says what it is for, with the days of its period that are included', async () => {
    await show(LINE);
    expect(facts()).toEqual({
      Description: 'Storage, EU',
      Product: 'Object storage',
      Type: 'Usage',
      'Service period': 'Sep 1 – 30, 2026',
      Segment: 'region: EU, tier: gold',
    });
    await expect(element).toBeAccessible();
  });

  it('says what a credit or a prepayment is', async () => {
    await show({ ...LINE, type: value('CREDIT_MEMO', 'Credit memo') });
    expect(facts()['What it is']).toContain('credit that somebody entered');
  });

  it('includes the day in which a period ends', async () => {
    await show({ ...LINE, periodEnd: value('2026-09-15T12:00:00.000Z') });
    expect(facts()['Service period']).toBe('Sep 1 – 15, 2026');
  });

  it('unfolds its pricing bands with every digit', async () => {
    await show(LINE);
    expect(bands()).toEqual([
      ['0', '1,000', '0.025', '', '25.00'],
      ['1,000', '204.5', '0.0138', '', '2.82'],
    ]);
    expect(find('.bands').textContent).toContain('Amount (USD)');
  });

  it('shows how an amount in another currency became one of the Bill', async () => {
    const changes = {
      conversionRate: value(0.5),
      convertedSubtotal: value(13.91),
      bill: { ...LINE.bill, currency: value('EUR') },
    };
    await show({ ...LINE, ...changes });
    expect(facts()['Conversion']).toBe('USD 27.82 × 0.5 = EUR 13.91');
  });

  it.each([
    [null, 'No pricing bands: this amount was not made from usage.'],
    ['{"no":"list"}', 'The pricing bands that m3ter sent cannot be read.'],
    ['[{"cut":', 'The pricing bands that m3ter sent cannot be read.'],
  ])('says of bands %p: %s', async (json, text) => {
    await show({ ...LINE, bands: value(json) });
    expect(find('.no-bands').textContent).toBe(text);
    await expect(element).toBeAccessible();
  });

  it('says when the Line Item is not there any more, and when it cannot be loaded', async () => {
    await show();
    expect(find('.gone').textContent).toContain('not there any more');
    await refuse('recordId', 'No');
    expect(find('c-error-panel')).not.toBeNull();
    await expect(element).toBeAccessible();
  });
});
