import { readSecretFile } from '../config/secrets.ts';
import { errorMessage } from '../errors.ts';
import type { Given } from './command.ts';
import type { SecretSource, Terminal } from './context.ts';
import { UsageError } from './usageError.ts';

/** No secret is longer; more is a wrong file. */
const MOST_BYTES = 64 * 1024;
const END_OF_INPUT = '\u0004';
const INTERRUPT = '\u0003';

export const SECRET_FLAG = { value: 'FILE', says: 'Read the secret from this file (mode 600) instead of stdin' };

/**
 * The secret from --secret-file, else from stdin; asked for without showing it when stdin is a terminal. A secret in
 * the arguments would show in the list of processes.
 *
 * @param wanted.what such as `client secret`
 * @param wanted.command whose help tells more
 * @throws {UsageError} when there is none
 */
export async function readSecret(
  given: Given,
  { what, command }: { readonly what: string; readonly command: string },
  { stdin, terminal }: { readonly stdin: SecretSource; readonly terminal: Terminal },
): Promise<string> {
  const help = `m3ter-bills help ${command}`;
  const file = given.flag('secret-file');
  const text = file === undefined ? await readStdin(what, help, stdin, terminal) : readFile(file, help);
  const secret = text.trim();
  if (secret !== '') return secret;
  throw new UsageError(`There is no ${what} on stdin. Pipe it there, or name its file with --secret-file.`, help);
}

function readFile(file: string, help: string): string {
  try {
    return readSecretFile(file);
  } catch (error) {
    throw new UsageError(`--secret-file: ${errorMessage(error)}`, help);
  }
}

async function readStdin(what: string, help: string, stdin: SecretSource, terminal: Terminal): Promise<string> {
  if (!stdin.isTTY) return collect(stdin, help, () => false);
  terminal.write(`${what[0]?.toUpperCase()}${what.slice(1)} (not shown; end with Enter): `);
  stdin.setRawMode?.(true);
  try {
    const text = await collect(stdin, help, (soFar) => /[\r\n]/.test(soFar) || soFar.includes(END_OF_INPUT));
    if (text.includes(INTERRUPT)) throw new UsageError('Interrupted.', help);
    return text.replace(END_OF_INPUT, '');
  } finally {
    stdin.setRawMode?.(false);
    terminal.write('\n');
  }
}

async function collect(stdin: SecretSource, help: string, isDone: (soFar: string) => boolean): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    if (text.length > MOST_BYTES) {
      throw new UsageError('What came on stdin is too long for a secret.', help);
    }
    if (text.includes(INTERRUPT) || isDone(text)) break;
  }
  return text;
}
