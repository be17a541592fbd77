import type Big from 'big.js';
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

  constructor(billId: string, field: string, value: unknown, reason: string, nextStep: string) {
    const shown = cutText(String(value), 100);
    super(`Bill ${billId}: ${field} cannot hold ${shown}: ${reason}. ${nextStep}`);
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
  const refuse = (reason: string, nextStep: string): never => {
    throw new FieldValueError(billId, field, value, reason, nextStep);
  };
  switch (spec.kind) {
    case 'number': {
      const number = toBig(value) ?? refuse('it is not a number', 'Correct it in m3ter.');
      const room = `${spec.precision - spec.scale} digits before the decimal point`;
      return fitNumber(number, spec.precision, spec.scale) ?? refuse(`the field has ${room}`, 'Correct it in m3ter.');
    }
    case 'date':
      return calendarDate(String(value)) ?? refuse('it is not a date', 'Correct it in m3ter.');
    case 'dateTime':
      return instant(String(value)) ?? refuse('it is not a date and time', 'Correct it in m3ter.');
    case 'text':
      if (spec.isKey && String(value).length > spec.length)
        refuse(`a key has at most ${spec.length} characters`, 'Give the record in m3ter a shorter id.');
      return firstText(cutText(String(value), spec.length));
    case 'longText':
      return firstText(cutText(String(value), spec.length));
    case 'lookup':
      return String(value);
    default:
      return firstText(cutText(String(value), PICKLIST_LENGTH));
  }
}

/** The calendar date that a text begins with; null when it has none or the day does not exist. */
function calendarDate(text: string): string | null {
  const date = CALENDAR_DATE.exec(text)?.[0];
  const isDay = date !== undefined && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
  return isDay ? date : null;
}

/** The instant as ISO text with milliseconds; a text without zone is UTC. */
function instant(text: string): string | null {
  const zoned = HAS_TIME.test(text) && !HAS_TIME_ZONE.test(text) ? `${text}Z` : text;
  const time = new Date(zoned);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
