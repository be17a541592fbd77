import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import Pager from 'c/pager';

const show = (properties: object): any => {
  const element: any = createElement('c-pager', { is: Pager });
  Object.assign(element, { listName: 'Bills', ...properties });
  document.body.appendChild(element);
  return element;
};

describe('c-pager', () => {
  afterEach(() => document.body.replaceChildren());

  it('says which part is shown and offers the parts beside it', async () => {
    const element = show({ offset: 50, shown: 50, total: 1204, hasNext: true });
    const { shadowRoot } = element;
    const events: string[] = [];
    ['previous', 'next'].forEach((name) => element.addEventListener(name, () => events.push(name)));
    shadowRoot.querySelector('.previous').click();
    shadowRoot.querySelector('.next').click();
    expect(shadowRoot.querySelector('[role="status"]').textContent).toBe('51–100 of 1,204');
    expect(shadowRoot.querySelector('nav').getAttribute('aria-label')).toBe('Pages of Bills');
    expect(events).toEqual(['previous', 'next']);
    await expect(element).toBeAccessible();
  });

  it('offers nothing before the first part and nothing after the last', () => {
    const first = show({ offset: 0, shown: 50, total: 60, hasNext: true });
    expect(first.shadowRoot.querySelector('.previous').disabled).toBe(true);
    const last = show({ offset: 50, shown: 10, total: 60, hasNext: false });
    expect(last.shadowRoot.querySelector('.next').disabled).toBe(true);
  });

  it.each([
    ['next', 'previous', { offset: 50, hasNext: false }],
    ['previous', 'next', { offset: 0, hasNext: true }],
  ])('keeps the focus when %s cannot be pressed again', async (pressed, other, there) => {
    const element = show({ offset: 25, shown: 25, total: 75, hasNext: true });
    const button = element.shadowRoot.querySelector(`.${other}`);
    button.focus = jest.fn();
    const turn = (): Promise<void> => {
      Object.assign(element, there);
      return Promise.resolve();
    };
    await turn();
    expect(button.focus).not.toHaveBeenCalled();
    Object.assign(element, { offset: 25, hasNext: true });
    await Promise.resolve();
    element.shadowRoot.querySelector(`.${pressed}`).click();
    await turn();
    expect(button.focus).toHaveBeenCalledTimes(1);
  });

  it('leaves the focus to where it went meanwhile', async () => {
    const element = show({ offset: 25, shown: 25, total: 75, hasNext: true });
    const { shadowRoot } = element;
    shadowRoot.querySelector('.previous').focus = jest.fn();
    shadowRoot.querySelector('.next').click();
    shadowRoot.querySelector('.next').dispatchEvent(new CustomEvent('focusout', { bubbles: true }));
    Object.assign(element, { offset: 50, hasNext: false });
    await Promise.resolve();
    expect(shadowRoot.querySelector('.previous').focus).not.toHaveBeenCalled();
  });

  it('has no buttons when everything is shown', () => {
    const element = show({ offset: 0, shown: 3, total: 3, hasNext: false });
    expect(element.shadowRoot.querySelector('lightning-button')).toBeNull();
  });
});
