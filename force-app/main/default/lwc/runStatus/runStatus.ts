import { MEANINGS } from './meanings';

/** A status of a Run for people: its icon and colour, and what it means. */
export interface RunStatusWords {
  icon: string;
  variant: string;
  meaning: string;
  /** The agent goes on by itself, so the Run may change while one looks at it. */
  isLive: boolean;
}

const LOOKS: Record<string, Omit<RunStatusWords, 'meaning'>> = {
  COMPLETE: { icon: 'utility:success', variant: 'success', isLive: false },
  STARTED: { icon: 'utility:sync', variant: '', isLive: true },
  WAITING: { icon: 'utility:clock', variant: '', isLive: true },
  AWAITING_RETRY: { icon: 'utility:clock', variant: 'warning', isLive: true },
  RATE_LIMIT_RETRY: { icon: 'utility:clock', variant: 'warning', isLive: true },
  DISABLED: { icon: 'utility:ban', variant: 'error', isLive: false },
};
const FAILED = { icon: 'utility:error', variant: 'error', isLive: false };

/** Says a stored status in words; every status that is not known here looks like a failure. */
export function runStatusWords(status: string): RunStatusWords {
  return { ...(LOOKS[status] ?? FAILED), meaning: MEANINGS[status] ?? '' };
}

/** The statuses of Runs that failed and that the agent does not try again by itself. */
export const FAILED_STATUSES: readonly string[] = Object.keys(MEANINGS).filter(
  (status) => status === 'DISABLED' || !(status in LOOKS),
);
