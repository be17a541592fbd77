import Big from 'big.js';

interface ReviverContext {
  readonly source?: string;
}

/** What Node 24's JSON can do and TypeScript's library does not declare yet. */
interface ExactJson {
  parse(text: string, reviver: (key: string, value: unknown, context: ReviverContext) => unknown): unknown;
  rawJSON(text: string): object;
}

const json = JSON as unknown as ExactJson;
const PLAIN_INTEGER = /^-?\d+$/;
/** How a number was written that a `Big` would write otherwise, such as 1.50 or 1e3. */
const sources = new WeakMap<Big, string>();

/**
 * Reads JSON text without passing a number through a binary float: a safe integer written without point or
 * exponent is a `number`, every other number is a `Big`.
 *
 * @throws {SyntaxError} when the text is not JSON.
 */
export function parseExact(text: string): unknown {
  return json.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value;
    if (PLAIN_INTEGER.test(source) && Number.isSafeInteger(value)) return value;
    const number = new Big(source);
    if (number.toFixed() !== source) sources.set(number, source);
    return number;
  });
}

/** The text of a number as it was written in the JSON that `parseExact` read. */
export function numberText(number: number | Big): string {
  return number instanceof Big ? (sources.get(number) ?? number.toFixed()) : String(number);
}

/**
 * Writes JSON text in which every `Big` is a plain decimal number: no exponent, no quotes.
 *
 * @throws {TypeError} when the value has no JSON text (such as `undefined`) or refers to itself.
 */
export function stringifyExact(value: unknown, space?: string | number): string {
  // A Big has toJSON, so the replacer's own argument is already text: the holder still has the number.
  function exactNumbers(this: Record<string, unknown>, key: string, current: unknown): unknown {
    const held = this[key];
    return held instanceof Big ? json.rawJSON(held.toFixed()) : current;
  }
  const text = JSON.stringify(value, exactNumbers, space) as string | undefined;
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} has no JSON text. Pass data.`);
  return text;
}
