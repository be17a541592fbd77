import { createElement } from 'lwc';
import { navigations } from '../../../../../../config/jest-mocks/lightning/navigation';
import RecordLink from 'c/recordLink';

const PAGE = { type: 'standard__recordPage', attributes: { recordId: 'a02', objectApiName: 'Bill__c' } };

describe('c-record-link', () => {
  let element: any;
  const link = (): HTMLAnchorElement => element.shadowRoot.querySelector('a');

  beforeEach(async () => {
    navigations.length = 0;
    element = createElement('c-record-link', { is: RecordLink });
    element.label = 'INV-1';
    element.page = PAGE;
    document.body.appendChild(element);
    await Promise.resolve();
  });
  afterEach(() => element.remove());

  it('is a link with an address, and opens the page without loading everything again', async () => {
    await Promise.resolve();
    expect(link().getAttribute('href')).toBe('/lightning/r/a02/view');
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    link().dispatchEvent(click);
    expect(click.defaultPrevented).toBe(true);
    expect(navigations).toEqual([PAGE]);
    await expect(element).toBeAccessible();
  });

  it('leaves a click with a key held down to the browser', () => {
    link().dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }));
    expect(navigations).toEqual([]);
  });

  it('is plain text where it leads nowhere', async () => {
    element.page = undefined;
    await Promise.resolve();
    expect(link()).toBeNull();
    expect(element.shadowRoot.textContent).toBe('INV-1');
  });
});
