import { inspect } from 'node:util';
import type { Logger } from '../../agent/src/runtime.ts';
import type { Clock } from './clock.ts';

const LOG_LINES = 200;

/** The last lines that an agent logged. */
export class RecentLog {
  private readonly lines: string[] = [];

  add(line: string): void {
    this.lines.push(line);
    if (this.lines.length > LOG_LINES) this.lines.shift();
  }

  logger({ now }: Clock): Logger {
    const at =
      (level: string) =>
      (fields: object, message: string): void =>
        this.add(`${now().toISOString()} ${level} ${message} ${inspect(fields, { breakLength: Infinity, depth: 2 })}`);
    return { debug: () => undefined, info: at('info'), warn: at('warn'), error: at('error') };
  }

  text(): string {
    return this.lines.join('\n');
  }
}
