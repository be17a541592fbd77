import Big from 'big.js';
import { isObject } from './message.ts';

/** A number that a subrequest took over from an earlier answer, as the exact decimal that it is; else the value. */
export function plainNumber(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'rawJSON' in value) return new Big(String(value.rawJSON));
  return value;
}

/** Whether a JSON value holds a text that fulfils a condition. */
export function someText(value: unknown, isWanted: (text: string) => boolean): boolean {
  if (typeof value === 'string') return isWanted(value);
  if (Array.isArray(value)) return value.some((item) => someText(item, isWanted));
  return isObject(value) && someText(Object.values(value), isWanted);
}

/** A JSON value with every text replaced; numbers and other values stay as they are. */
export function mapTexts(value: unknown, replace: (text: string) => unknown): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, replace)]));
}
