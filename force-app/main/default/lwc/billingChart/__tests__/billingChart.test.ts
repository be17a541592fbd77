import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import BillingChart from 'c/billingChart';
import { parseDecimal } from 'c/decimal';

describe('c-billing-chart', () => {
  afterEach(() => document.body.replaceChildren());

  it('draws a bar per month and says the same in a table', async () => {
    const element: any = createElement('c-billing-chart', { is: BillingChart });
    element.currencyCode = 'USD';
    element.months = [
      { month: '2026-08', total: parseDecimal(100) },
      { month: '2026-09', total: parseDecimal(-20.5) },
    ];
    document.body.appendChild(element);
    const { shadowRoot } = element;
    const rows = [...shadowRoot.querySelectorAll('tbody tr')].map((row: any) => row.textContent.replace(/\s/g, ' '));
    expect(shadowRoot.querySelectorAll('rect')).toHaveLength(2);
    expect(shadowRoot.querySelector('[aria-hidden="true"] svg')).not.toBeNull();
    expect(shadowRoot.querySelector('caption').textContent).toContain('Billed per month, USD');
    expect(shadowRoot.querySelector('.highest').textContent.replace(/\s/g, ' ')).toBe('Highest: USD 100.00');
    expect(rows).toEqual(['August 2026USD 100.00', 'September 2026-USD 20.50']);
    await expect(element).toBeAccessible();
  });
});
