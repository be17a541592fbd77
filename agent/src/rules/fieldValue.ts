import type Big from 'big.js';
import { stringifyExact } from '../json/exactJson.ts';
import type { FieldSpec } from './fields.ts';
import { fitNumber, toBig } from './money.ts';
import { cutText, isBlank } from './text.ts';

/** What a field of a record can hold; null empties it. */
export type FieldValue = string | number | boolean | Big | null;

/** The longest value that a picklist takes. */
const PICKLIST_LENGTH = 255;
const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}/;
const HAS_TIME_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const HAS_TIME = /T\d/;

/** A value of m3ter's that its Salesforce field cannot hold. The Bill is not sent. */
export class FieldValueError extends Error {
  override readonly name = 'FieldValueError';
  readonly code = 'FIELD_VALUE';
  /** The id of the m3ter Bill. */
  readonly billId: string;
  /** The field's name in the package's sources, without prefix. */
  readonly field: string;
  readonly value: string;

  constructor(billId: string, field: string, value: string, reason: string) {
    const shown = cutText(value, 100);
    super(`Bill ${billId}: ${field} cannot hold ${shown}: ${reason}. Correct it in m3ter; the Bill is sent then.`);
    this.billId = billId;
    this.field = field;
    this.value = shown;
  }
}

/**
 * Turns a value of m3ter's into what the field holds: texts cut, numbers rounded half-even, instants as ISO text in
 * UTC, calendar dates as YYYY-MM-DD, blank texts as null.
 *
 * @throws {FieldValueError} when the value is of the wrong kind, a number too large, or a key too long.
 */
export function toFieldValue(value: unknown, spec: FieldSpec, field: string, billId: string): FieldValue {
  if (spec.kind === 'checkbox') return value === true;
  if (value === undefined || value === null || value === '') return null;
  const fitting = fit(value, spec);
  if (fitting instanceof Unfit) throw new FieldValueError(billId, field, textOf(value), fitting.reason);
  return fitting;
}

/** Why a field cannot hold a value. */
class Unfit {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

function fit(value: unknown, spec: FieldSpec): FieldValue | Unfit {
  switch (spec.kind) {
    case 'number':
      return number(value, spec);
    case 'date':
      return calendarDate(textOf(value)) ?? new Unfit('it is not a date');
    case 'dateTime':
      return instant(textOf(value)) ?? new Unfit('it is not a date and time');
    case 'text': {
      const text = textOf(value);
      const isTooLong = spec.isKey && text.length > spec.length;
      return isTooLong ? new Unfit(`a key has at most ${spec.length} characters`) : unlessBlank(text, spec.length);
    }
    case 'longText':
      return unlessBlank(textOf(value), spec.length);
    case 'lookup':
      return textOf(value);
    default:
      return unlessBlank(textOf(value), PICKLIST_LENGTH);
  }
}

function number(value: unknown, { precision, scale }: Extract<FieldSpec, { kind: 'number' }>): FieldValue | Unfit {
  const decimal = toBig(value);
  if (!decimal) return new Unfit('it is not a number');
  const fitting = fitNumber(decimal, precision, scale);
  return fitting ?? new Unfit(`the field has ${precision - scale} digits before the decimal point`);
}

const unlessBlank = (text: string, length: number): string | null => (isBlank(text) ? null : cutText(text, length));

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : stringifyExact(value);
}

/** The calendar date that a text begins with; null when it has none or the day does not exist. */
function calendarDate(text: string): string | null {
  const date = CALENDAR_DATE.exec(text)?.[0] ?? '';
  // An impossible day is refused or moved on; either way it does not come back.
  return instant(date)?.startsWith(date) && date !== '' ? date : null;
}

/** The lines of a Bill have the same few dates. */
const instants = new Map<string, string | null>();
const MOST_INSTANTS = 1000;

/** The instant as ISO text with milliseconds; a text without zone is UTC. */
function instant(text: string): string | null {
  let found = instants.get(text);
  if (found === undefined) {
    const zoned = HAS_TIME.test(text) && !HAS_TIME_ZONE.test(text) ? `${text}Z` : text;
    const time = new Date(zoned);
    found = Number.isNaN(time.getTime()) ? null : time.toISOString();
    if (instants.size >= MOST_INSTANTS) instants.clear();
    instants.set(text, found);
  }
  return found;
}
