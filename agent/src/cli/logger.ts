import { pino, type Logger } from 'pino';
import type { LogLevel } from '../config/settings.ts';

/** Logs as JSON lines on stderr, so that stdout is for results; written at once, so that none is lost at the end. */
export function createLogger(level: LogLevel): Logger {
  return pino({ level }, pino.destination({ dest: 2, sync: true }));
}
