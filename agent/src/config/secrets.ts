import { readFileSync, statSync } from 'node:fs';
import { errorMessage } from '../errors.ts';

/** Somebody else than the owner may read or write. */
const OTHERS = 0o077;

/**
 * The text of a file that holds a secret, without the line end.
 *
 * @throws {Error} saying why, and what to do, when it cannot be read or others could read it too
 */
export function readSecretFile(file: string, platform: NodeJS.Platform = process.platform): string {
  let text: string;
  try {
    const { mode } = statSync(file);
    if (platform !== 'win32' && (mode & OTHERS) !== 0) {
      throw new Error(`others than its owner may use it. Run: chmod 600 ${file}`);
    }
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`the file ${file} cannot be used: ${errorMessage(error)}`, { cause: error });
  }
  if (text === '') throw new Error(`the file ${file} is empty. Write the secret into it.`);
  return text;
}
