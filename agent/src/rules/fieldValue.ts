import type Big from 'big.js';
import { stringifyExact } from '../json/exactJson.ts';
import type { FieldSpec } from './fields.ts';
import { fitNumber, toBig } from './money.ts';
import { cutText, firstText } from './text.ts';

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
  const text = textOf(value);
  const refuse = (reason: string): never => {
    throw new FieldValueError(billId, field, text, reason);
  };
  switch (spec.kind) {
    case 'number': {
      const number = toBig(value) ?? refuse('it is not a number');
      const room = `the field has ${spec.precision - spec.scale} digits before the decimal point`;
      return fitNumber(number, spec.precision, spec.scale) ?? refuse(room);
    }
    case 'date':
      return calendarDate(text) ?? refuse('it is not a date');
    case 'dateTime':
      return instant(text) ?? refuse('it is not a date and time');
    case 'text':
      if (spec.isKey && text.length > spec.length) refuse(`a key has at most ${spec.length} characters`);
      return firstText(cutText(text, spec.length));
    case 'longText':
      return firstText(cutText(text, spec.length));
    case 'lookup':
      return text;
    default:
      return firstText(cutText(text, PICKLIST_LENGTH));
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : stringifyExact(value);
}

/** The calendar date that a text begins with; null when it has none or the day does not exist. */
function calendarDate(text: string): string | null {
  const date = CALENDAR_DATE.exec(text)?.[0] ?? '';
  // An impossible day is refused or moved on; either way it does not come back.
  return instant(date)?.startsWith(date) && date !== '' ? date : null;
}

/** The instant as ISO text with milliseconds; a text without zone is UTC. */
function instant(text: string): string | null {
  const zoned = HAS_TIME.test(text) && !HAS_TIME_ZONE.test(text) ? `${text}Z` : text;
  const time = new Date(zoned);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
