import { readFileSync, statSync, type Stats } from 'node:fs';
import { errorMessage } from '../errors.ts';

/** Somebody else than the owner may read or write. */
const OTHERS = 0o077;
/** The same, but the group may read. */
const BEYOND_GROUP_READ = 0o037;

/**
 * Whether nobody but the process can use a file: only its owner may, or it belongs to root, who lets the process read
 * it by its group, as systemd's LoadCredential and Kubernetes' fsGroup do.
 *
 * @param ownUid undefined where there are no user ids (Windows): access lists tell there
 */
export function isPrivate({ mode, uid }: Pick<Stats, 'mode' | 'uid'>, ownUid: number | undefined): boolean {
  if (ownUid === undefined) return true;
  return (mode & (uid === 0 && ownUid !== 0 ? BEYOND_GROUP_READ : OTHERS)) === 0;
}

/**
 * The text of a file that holds a secret, without the line end.
 *
 * @throws {Error} saying why, and what to do, when it cannot be read or others could read it too
 */
export function readSecretFile(file: string): string {
  let text: string;
  try {
    if (!isPrivate(statSync(file), process.getuid?.())) {
      throw new Error(`others than its owner may use it. Run: chmod 600 ${file}`);
    }
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`the file ${file} cannot be used: ${errorMessage(error)}`, { cause: error });
  }
  if (text === '') throw new Error(`the file ${file} is empty. Write the secret into it.`);
  return text;
}
