/** How the queue works. The defaults suit production; tests shorten them. */
export interface QueueSettings {
  /**
   * On PostgreSQL: after this many seconds without a sign of life a worker counts as dead, and its jobs go to another one
   * within a third of that time more. At least 10.
   */
  readonly heartbeatSeconds: number;
  /** Workers are woken when a job comes; this is how often they look for jobs whose time to be tried again has come. At least 0.5. */
  readonly pollingSeconds: number;
  /** Attempts of a push job after the first. With the delays below they span about an hour. */
  readonly retryLimit: number;
  /** Doubles with every attempt, less up to half at random. */
  readonly retryDelaySeconds: number;
  readonly retryDelayMaxSeconds: number;
  /** Doubles with every attempt of a scan. With six attempts after the first they span half an hour. */
  readonly scanRetryDelaySeconds: number;
}

export const QUEUE_SETTINGS: QueueSettings = {
  heartbeatSeconds: 30,
  pollingSeconds: 2,
  retryLimit: 12,
  retryDelaySeconds: 2,
  retryDelayMaxSeconds: 900,
  scanRetryDelaySeconds: 20,
};
