import { createElement } from 'lwc';
import { closings } from '../../../../../../config/jest-mocks/lightning/modal';
import Dialog from 'c/filterDialog';

describe('c-filter-dialog', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const show = (properties: object = {}): void => {
    element = createElement('c-filter-dialog', { is: Dialog });
    Object.assign(element, properties);
    document.body.appendChild(element);
  };
  const change = (selector: string, detail: object): boolean =>
    find(selector).dispatchEvent(new CustomEvent('change', { detail }));

  beforeEach(() => {
    closings.length = 0;
  });
  afterEach(() => element.remove());

  it('closes without an answer', () => {
    show();
    find('.cancel').click();
    expect(closings).toEqual([undefined]);
  });

  it('closes with the filter that was typed', async () => {
    show({ accountFilter: 'address.country == UK' });
    expect(find('lightning-textarea').value).toBe('address.country == UK');
    change('lightning-textarea', { value: 'address.country == US' });
    find('.confirm').click();
    expect(closings).toEqual(['address.country == US']);
    await expect(element).toBeAccessible();
  });

  it('stays open and says what is wrong with a filter', async () => {
    show();
    change('lightning-textarea', { value: 'address.country = US' });
    find('.confirm').click();
    await Promise.resolve();
    expect(closings).toEqual([]);
    expect(find('.problem').textContent).toContain('==');
    await expect(element).toBeAccessible();
  });
});
