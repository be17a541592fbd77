import { OrgError } from '../orgError.ts';
import { mapTexts, plainNumber, someText } from './bodyValues.ts';

const REFERENCE = /@\{([A-Za-z0-9_]+)((?:\.[A-Za-z0-9_]+|\[\d+\])*)\}/g;

const mayRefer = (text: string): boolean => text.includes('@{');

/** The reference ids that a URL or body mentions as `@{id...}`. */
export function referencesIn(value: unknown): Set<string> {
  const found = new Set<string>();
  someText(value, (text) => {
    if (mayRefer(text)) for (const [, id] of text.matchAll(REFERENCE)) found.add(id as string);
    return false;
  });
  return found;
}

/**
 * Replaces `@{ref.field}`, `@{ref[0].id}` and the like by what earlier subrequests answered. A text that is one
 * reference takes over the value itself, else its text is put in.
 *
 * @throws {OrgError} PROCESSING_HALTED when a reference has no value.
 */
export function resolveReferences(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  // A large body rarely refers to anything; then it is not copied.
  if (!someText(value, mayRefer)) return value;
  return mapTexts(value, (text) => {
    const whole = [...text.matchAll(REFERENCE)].find(([match]) => match === text);
    if (whole) return referenced(whole[1] as string, whole[2] ?? '', answers);
    return text.replaceAll(REFERENCE, (_match, id: string, path: string) =>
      String(plainNumber(referenced(id, path, answers))),
    );
  });
}

function referenced(id: string, path: string, answers: ReadonlyMap<string, unknown>): unknown {
  let value = answers.get(id);
  for (const [, name, index] of path.matchAll(/\.([A-Za-z0-9_]+)|\[(\d+)\]/g)) {
    const key = name ?? index ?? '';
    const holder = value as Record<string, unknown> | null | undefined;
    value = typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key) ? holder[key] : undefined;
  }
  if (value !== undefined && value !== null) return value;
  throw new OrgError(
    'PROCESSING_HALTED',
    `Invalid reference specified. No value for ${id}${path} found in ${id}. Refer to an earlier subrequest's answer.`,
  );
}
