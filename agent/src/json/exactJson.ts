import Big from 'big.js';
import { readJson } from './readJson.ts';

const PLAIN_INTEGER = /^-?\d+$/;
/** Neither exponent nor zeros that say nothing. */
const AS_BIG_WRITES = /^-?\d+(?:\.\d*[1-9])?$/;

const NEEDS_ESCAPES = /["\\\u0000-\u001f\ud800-\udfff]/;
/** Names of fields, which come again with every record, as they stand before a value. */
const nameTexts = new Map<string, string>();
const MOST_NAMES = 1000;
/** How a number was written that a `Big` would write otherwise, such as 1.50 or 1e3. */
const sources = new WeakMap<Big, string>();

/**
 * Reads JSON text without passing a number through a binary float: a safe integer written without point or
 * exponent is a `number`, every other number is a `Big`.
 *
 * @throws {SyntaxError} when the text is not JSON.
 */
export function parseExact(text: string): unknown {
  return readJson(text, exactNumber);
}

function exactNumber(source: string): number | Big {
  if (PLAIN_INTEGER.test(source) && Number.isSafeInteger(Number(source))) return Number(source);
  const number = new Big(source);
  if (!AS_BIG_WRITES.test(source)) sources.set(number, source);
  return number;
}

/** The text of a number as it was written in the JSON that `parseExact` read. */
export function numberText(number: number | Big): string {
  return number instanceof Big ? (sources.get(number) ?? number.toFixed()) : String(number);
}

/** A value that was written already; it stands in larger ones as it is. */
export class JsonText {
  readonly text: string;

  /** @param text JSON */
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Writes JSON text in which every `Big` is a plain decimal number: no exponent, no quotes. As with JSON.stringify, what
 * is undefined is left out of objects and null in lists.
 *
 * @throws {TypeError} when the value has no JSON text (such as `undefined`).
 */
export function stringifyExact(value: unknown): string {
  const text = write(value);
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} has no JSON text. Pass data.`);
  return text;
}

function write(value: unknown): string | undefined {
  if (typeof value === 'string') return writeText(value);
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Big) return value.toFixed();
  if (value instanceof JsonText) return value.text;
  if (Array.isArray(value)) return `[${value.map((item) => write(item) ?? 'null').join(',')}]`;
  if ('toJSON' in value) return JSON.stringify(value);
  return writeObject(value);
}

function writeObject(object: object): string {
  const values = object as Readonly<Record<string, unknown>>;
  const texts: string[] = [];
  for (const name of Object.keys(values)) {
    const written = write(values[name]);
    if (written !== undefined) texts.push(writeName(name) + written);
  }
  // Not by +=: that makes a chain of texts, which everybody who reads it has to walk.
  return `{${texts.join(',')}}`;
}

function writeName(name: string): string {
  let text = nameTexts.get(name);
  if (text === undefined) {
    text = `${writeText(name)}:`;
    if (nameTexts.size < MOST_NAMES) nameTexts.set(name, text);
  }
  return text;
}

/** Most texts need no escapes; finding that out is cheaper than JSON.stringify. */
function writeText(text: string): string {
  return NEEDS_ESCAPES.test(text) ? JSON.stringify(text) : `"${text}"`;
}
