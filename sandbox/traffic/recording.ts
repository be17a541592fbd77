import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import type { RecordedCall } from './recorder.ts';

/** A request to the data API of an org and its answer, without what signs the client in. */
export interface Exchange {
  method: string;
  /** With query. */
  path: string;
  /** JSON as it is, CSV as text; null for none. */
  body: unknown;
  status: number;
  answer: unknown;
}

/**
 * A call as it is kept; undefined for sign-ins, which hold secrets, and for calls without an answer. Headers, with the
 * access token, are never kept.
 */
export function exchangeOf({ method, path, body, answer }: RecordedCall): Exchange | undefined {
  if (!answer || !path.startsWith('/services/data')) return undefined;
  return { method, path, body: contentOf(body), status: answer.status, answer: contentOf(answer.body) };
}

function contentOf(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A file with one exchange a line, for its owner only: what was written is the data of an org. */
export class Recording {
  private readonly file: string;

  /** Starts the file anew. */
  constructor(file: string) {
    this.file = file;
    writeFileSync(file, '', { mode: 0o600 });
  }

  add(exchange: Exchange): void {
    appendFileSync(this.file, `${JSON.stringify(exchange)}\n`);
  }
}

/**
 * Reads a recording.
 *
 * @throws when a line is no exchange; the message names it.
 */
export function readRecording(file: string): Exchange[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    const exchange = contentOf(line) as Partial<Exchange> | string | null;
    if (typeof exchange !== 'object' || typeof exchange?.method !== 'string' || typeof exchange.path !== 'string') {
      throw new Error(`Line ${index + 1} of ${file} is no recorded exchange. Record again.`);
    }
    return [exchange as Exchange];
  });
}
