/** What must be the same, and not only of the same type. */
const LITERAL = new Set(['errorCode', 'statusCode', 'httpStatusCode', 'success', 'isSuccessful', 'hasErrors', 'done']);

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where an answer differs in its shape from the recorded one: keys, types, codes and flags. Values, ids, times and the
 * lengths of lists are free, and what is null in either has no shape.
 */
export function differencesOfShape(recorded: unknown, found: unknown, at = 'body'): string[] {
  if (recorded === null || found === null) return [];
  if (Array.isArray(recorded) && Array.isArray(found)) {
    return recorded
      .slice(0, found.length)
      .flatMap((item, index) => differencesOfShape(item, found[index], `${at}[${index}]`));
  }
  if (isObject(recorded) && isObject(found)) return ofObjects(recorded, found, at);
  const [was, is] = [typeOf(recorded), typeOf(found)];
  return was === is ? [] : [`${at}: ${was} became ${is}`];
}

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : isObject(value) ? 'object' : typeof value);

function ofObjects(recorded: Json, found: Json, at: string): string[] {
  const gone = Object.keys(recorded).filter((key) => !(key in found));
  const come = Object.keys(found).filter((key) => !(key in recorded));
  return [
    ...gone.map((key) => `${at}.${key} is missing`),
    ...come.map((key) => `${at}.${key} is new`),
    ...Object.keys(recorded)
      .filter((key) => key in found)
      .flatMap((key) => ofKey(key, recorded[key], found[key], `${at}.${key}`)),
  ];
}

function ofKey(key: string, recorded: unknown, found: unknown, at: string): string[] {
  const isLiteral = LITERAL.has(key) && !isObject(recorded) && !Array.isArray(recorded);
  if (!isLiteral) return differencesOfShape(recorded, found, at);
  return recorded === found ? [] : [`${at}: ${String(recorded)} became ${String(found)}`];
}
