import Big from 'big.js';

interface SourceContext {
  readonly source?: string;
}

/** The parts of ES2026's JSON that TypeScript's library does not declare yet. */
interface SourceTextJson {
  parse(text: string, reviver: (key: string, value: unknown, context: SourceContext) => unknown): unknown;
  rawJSON(text: string): object;
}

const sourceTextJson = JSON as unknown as SourceTextJson;
const plainInteger = /^-?(?:0|[1-9]\d*)$/;

/**
 * Parses JSON without passing an amount through a binary float: a safe integer written without point or
 * exponent becomes a `number`, every other number a `Big`.
 *
 * @throws {SyntaxError} when the text is not JSON.
 */
export function parseExact(text: string): unknown {
  return sourceTextJson.parse(text, (_key, value, context) => {
    if (typeof value !== 'number' || context.source === undefined) return value;
    return plainInteger.test(context.source) && Number.isSafeInteger(value) ? value : new Big(context.source);
  });
}

/**
 * Writes JSON in which every `Big` is a plain decimal number (no exponent, no quotes).
 *
 * @throws {TypeError} when the value has no JSON text (undefined, a function) or holds a cycle.
 */
export function stringifyExact(value: unknown, space?: number | string): string {
  const text = JSON.stringify(
    value,
    function (this: Record<string, unknown>, key: string, current: unknown) {
      const held = this[key];
      return held instanceof Big ? sourceTextJson.rawJSON(held.toFixed()) : current;
    },
    space,
  ) as string | undefined;
  if (text === undefined) throw new TypeError(`JSON cannot hold a value of type ${typeof value}. Pass data.`);
  return text;
}
