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

  it('stands in a sentence', async () => {
    const element = show(new Date(Date.now() - 240_000).toISOString());
    element.pattern = 'Seen {0}.';
    await Promise.resolve();
    expect(element.shadowRoot.querySelector('time').textContent).toBe('Seen 4 minutes ago.');
  });

  it('keeps up with the clock', async () => {
    jest.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') });
    const element = show('2026-11-22T12:00:00.000Z');
    await jest.advanceTimersByTimeAsync(120_000);
    expect(element.shadowRoot.querySelector('time').textContent).toBe('2 minutes ago');
    jest.useRealTimers();
  });

  it('does not put into the future what came after the last tick', async () => {
    jest.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') });
    const element = show('2026-11-22T11:00:00.000Z');
    await jest.advanceTimersByTimeAsync(4000);
    element.value = '2026-11-22T12:00:03.000Z';
    await jest.advanceTimersByTimeAsync(0);
    expect(element.shadowRoot.querySelector('time').textContent).toBe('1 second ago');
    jest.useRealTimers();
  });

  it('shows nothing for no time', () => {
    expect(show(null).shadowRoot.querySelector('time, lightning-helptext')).toBeNull();
  });
});
