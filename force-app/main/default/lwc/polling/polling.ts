/** Ends the repetition. */
export type Stop = () => void;

/**
 * Repeats `work` every `everyMs` milliseconds while the page is visible, and at once when it becomes visible again.
 * A `work` that takes longer than the interval is not started twice; its errors are its own to show.
 */
export function poll(work: () => Promise<void> | void, everyMs: number): Stop {
  let isRunning = false;
  const run = async (): Promise<void> => {
    if (isRunning || document.hidden) return;
    isRunning = true;
    try {
      await work();
    } finally {
      isRunning = false;
    }
  };
  const start = (): void => {
    run().catch(() => undefined);
  };
  // What is read changes by itself, and no event says so.
  const timer = setInterval(start, everyMs);
  document.addEventListener('visibilitychange', start);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', start);
  };
}
