import { createHash } from 'node:crypto';
import { stringifyExact } from '../json/exactJson.ts';

/** All characters of ASCII between these two are visible. */
const SPACE = 0x20;
const DELETE = 0x7f;
const ELLIPSIS = '…';
const HIGH_SURROGATE_AT_END = /[\uD800-\uDBFF]$/;

/** Cuts a text to at most `length` UTF-16 units; a cut text ends in an ellipsis and never in half a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, length - ELLIPSIS.length).replace(HIGH_SURROGATE_AT_END, '') + ELLIPSIS;
}

/** A key of at most `length` characters: a longer one ends in a hash of the whole, so that keys stay different. */
export function fitKey(key: string, length: number): string {
  if (key.length <= length) return key;
  const hash = createHash('sha256').update(key).digest('hex');
  return `${key.slice(0, length - hash.length - 1)}~${hash}`;
}

/** Whether a text is nothing but white space. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  const isPlain = first > SPACE && first < DELETE;
  return !isPlain && text.trim() === '';
}

/** The first of the texts that is more than white space, or null. */
export function firstText(...texts: readonly (string | null | undefined)[]): string | null {
  return texts.find((text) => typeof text === 'string' && !isBlank(text)) ?? null;
}

/**
 * JSON text of at most `length` characters. Of a list or object that is longer, the leading entries that fit are
 * kept: what is stored is always JSON. Nothing, an empty list or an empty object is null.
 */
export function jsonText(value: object | null | undefined, length: number): string | null {
  const entries = Object.entries(value ?? {});
  if (entries.length === 0) return null;
  const write = (count: number) =>
    stringifyExact(Array.isArray(value) ? value.slice(0, count) : Object.fromEntries(entries.slice(0, count)));
  const whole = stringifyExact(value);
  if (whole.length <= length) return whole;
  let text: string | null = null;
  let fits = 0;
  let tooMany = entries.length;
  while (tooMany - fits > 1) {
    const count = Math.floor((fits + tooMany) / 2);
    const part = write(count);
    if (part.length <= length) [fits, text] = [count, part];
    else tooMany = count;
  }
  return text;
}
