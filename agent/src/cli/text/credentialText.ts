import type { Credential } from '../../operations/shapes.ts';
import { typeWord } from '../credentialTypes.ts';
import { table } from './table.ts';
import { when } from './time.ts';

/** Every credential, without secrets. */
export function credentialsText(credentials: readonly Credential[], now: Date): string {
  if (credentials.length === 0) return 'There is no credential yet. See: m3ter-bills help credential add';
  return table(
    ['Credential', 'type', 'destination', 'details', 'kept in', 'secret since'],
    credentials.map(({ name, type, destination, details, source, createdAt, rotatedAt }) => [
      name,
      typeWord(type),
      destination,
      Object.values(details).join(' '),
      source,
      when(rotatedAt ?? createdAt, now),
    ]),
  );
}
