import { createElement } from 'lwc';
import RelativeTime from 'c/relativeTime';

const show = (value: string | null): any => {
  const element: any = createElement('c-relative-time', { is: RelativeTime });
  element.value = value;
  document.body.appendChild(element);
  return element;
};

describe('c-relative-time', () => {
  afterEach(() => document.body.replaceChildren());

  it('says how long ago, and the exact time in a tooltip that hover and focus open', async () => {
    const instant = new Date(Date.now() - 240_000).toISOString();
    const element = show(instant);
    expect(element.shadowRoot.querySelector('time').textContent).toBe('4 minutes ago');
    expect(element.shadowRoot.querySelector('time').getAttribute('datetime')).toBe(instant);
    expect(element.shadowRoot.querySelector('lightning-helptext').content).toMatch(/, 20\d\d, /);
    await expect(element).toBeAccessible();
  });

  it('shows nothing for no time', () => {
    expect(show(null).shadowRoot.textContent).toBe('');
  });
});
