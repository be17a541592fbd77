import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';

const run = (started: string, sent: number, skipped: number, failed: number): object => ({
  node: { Id: started, started: { value: started }, ...{ sent: { value: sent } }, ...values({ skipped, failed }) },
});
const values = (numbers: Record<string, number>): object =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, { value }]));
const data = (...edges: object[]): object => ({ uiapi: { query: { runs: { edges } } } });

describe('c-last-day', () => {
  let element: any;
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const heights = (selector: string): string[] => all(selector).map(({ style }) => style.height);

  beforeEach(async () => {
    jest.useFakeTimers({ now: new Date('2026-11-22T12:30:00Z') });
    const { default: LastDay } = await import('c/lastDay');
    element = createElement('c-last-day', { is: LastDay });
    document.body.appendChild(element);
  });
  afterEach(() => {
    element.remove();
    jest.useRealTimers();
  });
  const isAccessible = async (): Promise<void> => {
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  };

  it('waits for the org', async () => {
    expect(all('lightning-spinner')).toHaveLength(1);
    await isAccessible();
  });

  it('adds up what became of the Bills, and shows it hour by hour', async () => {
    await answer(
      'since',
      data(
        run('2026-11-22T12:10:00Z', 40, 260, 0),
        run('2026-11-22T12:05:00Z', 10, 9, 0),
        run('2026-11-22T11:59:00Z', 0, 0, 25),
        run('2026-11-21T13:00:00Z', 1, 0, 0),
        run('2026-11-21T12:59:00Z', 1000, 0, 0),
      ),
    );
    expect(all('.total')[0].textContent).toBe('51 sent · 269 skipped · 25 failed');
    expect(all('.hour')).toHaveLength(24);
    expect(heights('.sent').at(-1)).toBe('100%');
    expect(heights('.failed').at(-2)).toBe('50%');
    expect(heights('.sent').at(0)).toBe('4%');
    expect(heights('.sent').at(1)).toBe('0%');
    await isAccessible();
  });

  it('shows zeros for a day without batches, and an error as such', async () => {
    await answer('since', data());
    expect(all('.total')[0].textContent).toBe('0 sent · 0 skipped · 0 failed');
    await refuse('since', 'Cannot query field');
    expect(all('.total')).toHaveLength(0);
    expect(all('c-error-panel').map(({ noAccessText }) => noAccessText !== '')).toEqual([true]);
    await isAccessible();
  });
});
