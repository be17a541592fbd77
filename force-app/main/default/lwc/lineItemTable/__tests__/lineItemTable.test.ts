import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import LineItemTable from 'c/lineItemTable';
import { parseDecimal } from 'c/decimal';

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `a02${index}`,
    position: index + 1,
    type: 'Usage',
    typeCode: 'USAGE',
    description: `Line ${index + 1}`,
    product: 'Storage',
    quantity: undefined,
    unit: '',
    unitPrice: undefined,
    pricingCurrency: 'USD',
    amount: parseDecimal(count - index),
  }));

describe('c-line-item-table', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const texts = (selector: string): string[] => all(selector).map(({ textContent }) => textContent.trim());
  const click = async (target: any) => {
    target.click();
    await Promise.resolve();
  };
  const show = (count: number, properties: object = {}) => {
    element = createElement('c-line-item-table', { is: LineItemTable });
    Object.assign(element, { lines: lines(count), currencyCode: 'USD', listName: 'Storage', ...properties });
    document.body.appendChild(element);
  };
  afterEach(() => element.remove());

  it('draws some of thousands of lines and pages through the rest', async () => {
    show(5000);
    expect(all('.line')).toHaveLength(50);
    expect(find('c-pager')).toMatchObject({ total: 5000, shown: 50, hasNext: true, listName: 'Storage' });
    find('c-pager').dispatchEvent(new CustomEvent('next'));
    await Promise.resolve();
    expect(texts('.line .description')[0]).toBe('Line 51');
    find('c-pager').dispatchEvent(new CustomEvent('previous'));
    await Promise.resolve();
    expect(texts('.line .description')[0]).toBe('Line 1');
    await expect(element).toBeAccessible();
  });

  it('needs no pages for a few lines', () => {
    show(3);
    expect(find('c-pager')).toBeNull();
  });

  it('goes back to the first page when a search leaves fewer lines', async () => {
    show(250);
    find('c-pager').dispatchEvent(new CustomEvent('next'));
    await Promise.resolve();
    element.lines = lines(3);
    await Promise.resolve();
    expect(texts('.line .description')).toEqual(['Line 1', 'Line 2', 'Line 3']);
  });

  it('says by what it is ordered, and asks for another order', async () => {
    const sorts: object[] = [];
    show(3, { sortedBy: 'amount', sortDirection: 'asc' });
    element.addEventListener('sort', ({ detail }: CustomEvent) => sorts.push(detail));
    expect(all('th[aria-sort="ascending"]').map(({ textContent }) => textContent)).toEqual(['Amount (USD)↑']);
    await click(find('.sort[data-key="amount"]'));
    await click(find('.sort[data-key="description"]'));
    expect(sorts).toEqual([
      { key: 'amount', direction: 'desc' },
      { key: 'description', direction: 'asc' },
    ]);
  });

  it('leaves out the column whose value all lines share', async () => {
    show(1);
    expect(texts('thead th')).toHaveLength(7);
    element.groupedBy = 'product';
    await Promise.resolve();
    expect(texts('thead th')).not.toContain('Product');
    expect(all('.line [data-label="Product"]')).toEqual([]);
  });

  it('unfolds the details of a line and says so, and folds them again', async () => {
    show(3);
    const [, toggle] = all('.toggle');
    expect(toggle.getAttribute('aria-label')).toBe('Details of Line Item 2');
    expect(toggle.getAttribute('aria-expanded')).toBe('false');
    await click(toggle);
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    expect(find('c-line-item-details').recordId).toBe('a021');
    await expect(element).toBeAccessible();
    await click(toggle);
    expect(find('c-line-item-details')).toBeNull();
  });
});
