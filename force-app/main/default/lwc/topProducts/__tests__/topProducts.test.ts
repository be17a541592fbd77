import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import TopProducts from 'c/topProducts';
import { graphql } from 'lightning/graphql';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';

const ACCOUNT_ID = '001000000000001AAA';
const group = (product: string, pricing: string, bill: string, subtotal: number, converted: number | null = null) => ({
  product: { value: product },
  pricingCurrency: { value: pricing },
  bill: { currency: { value: bill } },
  subtotal: { sum: { value: subtotal } },
  convertedSubtotal: { sum: { value: converted } },
});
const data = (...groups: object[]) => ({
  uiapi: { aggregate: { lines: { edges: groups.map((aggregate) => ({ node: { aggregate } })) } } },
});

describe('c-top-products', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const products = (): string[] =>
    [...element.shadowRoot.querySelectorAll('.product')].map(({ textContent }: any) => textContent.replace(/\s/g, ' '));

  beforeEach(() => {
    element = createElement('c-top-products', { is: TopProducts });
    element.recordId = ACCOUNT_ID;
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('asks for what the Account was billed for, without credits and prepayments', async () => {
    const { and } = (graphql as any).getLastConfig().variables.products;
    expect(and).toContainEqual({ Bill__r: { Account__c: { eq: ACCOUNT_ID } } });
    const types = and.find((condition: any) => condition.Line_Item_Type__c).Line_Item_Type__c.nin;
    expect(types).toContain('BALANCE_CONSUMED');
    expect(types).not.toContain('USAGE');
    expect(find('section')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('shows the largest three of each currency, in the currency of the Bills', async () => {
    await answer(
      'products',
      data(
        group('Compute', 'USD', 'USD', 0.1),
        group('Storage', 'USD', 'USD', 5),
        group('Storage', 'USD', 'EUR', 10, 9),
        group('Support', 'USD', 'USD', 7),
        group('API', 'USD', 'USD', 6),
        group('Compute', 'EUR', 'USD', 1, 20.2),
      ),
    );
    expect(products()).toEqual(['StorageEUR 9.00', 'ComputeUSD 20.30', 'SupportUSD 7.00', 'APIUSD 6.00']);
    await expect(element).toBeAccessible();
  });

  it('shows nothing where nothing was billed', async () => {
    await answer('products', data());
    expect(find('section')).toBeNull();
  });

  it.each([['Gone fishing'], ['Cannot query field "Bill_Line_Item__c" on type "RecordQueryAggregate".']])(
    'hands the error %p to the panel',
    async (message) => {
      await refuse('products', message);
      expect(find('c-error-panel').what).toBe('The top products could not be loaded.');
      await expect(element).toBeAccessible();
    },
  );
});
