import { createElement } from 'lwc';
import EmptyState from 'c/emptyState';

describe('c-empty-state', () => {
  afterEach(() => document.body.replaceChildren());

  it('says why there is nothing and what to do next', async () => {
    const element = createElement('c-empty-state', { is: EmptyState });
    Object.assign(element, { heading: 'No Bills yet', text: 'Wait for the first sync.', iconName: 'utility:moneybag' });
    document.body.appendChild(element);
    const find = (selector: string): any => element.shadowRoot!.querySelector(selector);
    expect(find('.heading').textContent).toBe('No Bills yet');
    expect(find('.text').textContent).toBe('Wait for the first sync.');
    expect(find('lightning-icon').iconName).toBe('utility:moneybag');
    await expect(element).toBeAccessible();
  });
});
