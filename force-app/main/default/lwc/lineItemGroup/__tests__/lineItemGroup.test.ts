import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import LineItemGroup from 'c/lineItemGroup';
import { parseDecimal } from 'c/decimal';

const GROUP = {
  key: 'product:Storage',
  by: 'product',
  name: 'Storage',
  meaning: '',
  lines: [],
  subtotal: parseDecimal(-27.82),
};

describe('c-line-item-group', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const show = (properties: object) => {
    element = createElement('c-line-item-group', { is: LineItemGroup });
    Object.assign(element, { group: GROUP, currencyCode: 'USD', ...properties });
    document.body.appendChild(element);
  };
  afterEach(() => element.remove());

  it('shows name, number of lines and subtotal while it is closed', async () => {
    show({ open: false });
    expect(find('.name').textContent).toBe('Storage');
    expect(find('.count').textContent).toBe('Line Items: 0');
    expect(find('.subtotal').textContent).toBe('-27.82');
    expect(find('c-line-item-table')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('opens and closes, and says which it is', async () => {
    show({ open: false });
    find('.toggle').click();
    await Promise.resolve();
    expect(find('.toggle').getAttribute('aria-expanded')).toBe('true');
    expect(find('c-line-item-table').listName).toBe('Storage');
    expect(find('c-line-item-table').groupedBy).toBe('product');
    find('.toggle').click();
    await Promise.resolve();
    expect(find('c-line-item-table')).toBeNull();
  });

  it('says what it holds when its name does not, and passes on how to order', async () => {
    show({ open: true, group: { ...GROUP, meaning: 'What was paid before.' } });
    expect(find('.meaning').textContent).toBe('What was paid before.');
    const sorts: object[] = [];
    element.addEventListener('sort', ({ detail }: CustomEvent) => sorts.push(detail));
    find('c-line-item-table').dispatchEvent(new CustomEvent('sort', { detail: { key: 'amount' } }));
    expect(sorts).toEqual([{ key: 'amount' }]);
    await expect(element).toBeAccessible();
  });

  it('starts open when asked to', () => {
    show({ open: true });
    expect(find('c-line-item-table')).not.toBeNull();
  });
});
