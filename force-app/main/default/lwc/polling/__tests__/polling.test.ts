import { poll } from 'c/polling';

const hide = (hidden: boolean): void => {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
};

describe('poll', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    hide(false);
    jest.useRealTimers();
  });

  it('repeats the work until it is stopped', async () => {
    const work = jest.fn();
    const stop = poll(work, 1000);
    await jest.advanceTimersByTimeAsync(3000);
    stop();
    await jest.advanceTimersByTimeAsync(3000);
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('rests while nobody looks at the page, and works at once when somebody does', async () => {
    const work = jest.fn();
    const stop = poll(work, 1000);
    hide(true);
    await jest.advanceTimersByTimeAsync(5000);
    expect(work).not.toHaveBeenCalled();
    hide(false);
    expect(work).toHaveBeenCalledTimes(1);
    stop();
  });

  it('does not start work anew that has not ended, and goes on after work that failed', async () => {
    let fail = (): void => undefined;
    const work = jest.fn(() => new Promise<void>((_, reject) => (fail = () => reject(new Error('no network')))));
    const stop = poll(work, 1000);
    await jest.advanceTimersByTimeAsync(3000);
    expect(work).toHaveBeenCalledTimes(1);
    fail();
    await jest.advanceTimersByTimeAsync(1000);
    expect(work).toHaveBeenCalledTimes(2);
    stop();
  });
});
