import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import LineItemTable from 'c/lineItemTable';
import { parseDecimal } from 'c/decimal';

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `a02${index}`,
    position: index + 1,
    type: 'Usage',
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
  const table = (): any => element.shadowRoot.querySelector('lightning-datatable');
  const pager = (): any => element.shadowRoot.querySelector('c-pager');
  const fire = async (target: any, type: string, detail?: object) => {
    target.dispatchEvent(new CustomEvent(type, { detail }));
    await Promise.resolve();
  };
  const show = (count: number) => {
    element = createElement('c-line-item-table', { is: LineItemTable });
    Object.assign(element, { lines: lines(count), currencyCode: 'USD', listName: 'Storage' });
    document.body.appendChild(element);
  };
  afterEach(() => element.remove());

  it('draws a hundred of thousands of lines and pages through the rest', async () => {
    show(5000);
    expect(table().data).toHaveLength(100);
    expect(pager()).toMatchObject({ total: 5000, shown: 100, hasNext: true, listName: 'Storage' });
    await fire(pager(), 'next');
    expect(table().data[0].position).toBe('101');
    await fire(pager(), 'previous');
    expect(table().data[0].position).toBe('1');
    await expect(element).toBeAccessible();
  });

  it('orders all lines, not only those drawn, and starts over at the first page', async () => {
    show(250);
    await fire(pager(), 'next');
    await fire(table(), 'sort', { fieldName: 'amount', sortDirection: 'asc' });
    expect(table().data[0]).toMatchObject({ position: '250', amount: '1.00' });
    expect(table()).toMatchObject({ sortedBy: 'amount', sortedDirection: 'asc' });
  });

  it('goes back to the first page when a search leaves fewer lines', async () => {
    show(250);
    await fire(pager(), 'next');
    element.lines = lines(3);
    await Promise.resolve();
    expect(pager()).toMatchObject({ offset: 0, shown: 3, hasNext: false });
  });

  it('leaves out the column whose value all lines share', async () => {
    show(1);
    expect(table().columns).toHaveLength(8);
    element.groupedBy = 'product';
    await Promise.resolve();
    expect(table().columns.map((column: any) => column.fieldName)).not.toContain('product');
  });

  it('opens the details of a line', async () => {
    const { default: LineItemDetails } = (await import('c/lineItemDetails')) as any;
    LineItemDetails.open = jest.fn().mockResolvedValue(undefined);
    show(3);
    await fire(table(), 'rowaction', { row: { id: 'a021', position: '2' } });
    expect(LineItemDetails.open).toHaveBeenCalledWith({ size: 'medium', label: 'Line Item 2', recordId: 'a021' });
  });

  it('names the currency of the amounts in the heading', () => {
    show(1);
    expect(table().columns.at(-2)).toMatchObject({ label: 'Amount (USD)', cellAttributes: { alignment: 'right' } });
  });
});
