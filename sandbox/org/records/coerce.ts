import Big from 'big.js';
import { fitsNumber } from '../formula/types.ts';
import type { FieldModel, FieldValue } from '../model.ts';
import { normalizeRecordId } from '../recordIds.ts';
import { chosenInOrder } from './multiSelect.ts';
import { fail } from './recordFailure.ts';
import type { RecordFailure } from './recordFailure.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/;
const EMAIL = /^[^\s@<>(),;:"[\]]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

/**
 * A value from JSON as the field holds it. Throws RecordFailure with Salesforce's code for the trouble. Whether a
 * required value is there and whether a reference exists is checked elsewhere.
 */
export function coerce(field: FieldModel, value: unknown): FieldValue {
  if (value === null || value === undefined) return blank(field);
  switch (field.type) {
    case 'boolean':
      return coerceBoolean(field, value);
    case 'double':
    case 'int':
    case 'currency':
    case 'percent':
      return coerceNumber(field, value);
    case 'date':
      return coerceDate(field, value);
    case 'datetime':
      return coerceInstant(field, value);
    default:
      return coerceText(field, value);
  }
}

function blank(field: FieldModel): null {
  if (field.type !== 'boolean') return null;
  throw fail('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: `, [field.name]);
}

function wrongType(field: FieldModel, value: unknown): RecordFailure {
  return fail(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${field.type} from ${tokenOf(value)}${shown(value)} or request may be missing a required field (${field.name})`,
    [field.name],
  );
}

function shown(value: unknown): string {
  if (value instanceof Big) return ` value ${value.toString()}`;
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return plain ? ` value ${value}` : '';
}

function tokenOf(value: unknown): string {
  if (typeof value === 'string') return 'VALUE_STRING';
  if (typeof value === 'number') return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
  if (value instanceof Big) return 'VALUE_NUMBER_FLOAT';
  if (typeof value === 'boolean') return value ? 'VALUE_TRUE' : 'VALUE_FALSE';
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
}

function coerceBoolean(field: FieldModel, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw wrongType(field, value);
}

function coerceNumber(field: FieldModel, value: unknown): Big {
  const rounded = decimalOf(field, value).round(field.scale ?? 0, Big.roundHalfUp);
  if (!fitsNumber(field, rounded)) {
    throw fail(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${rounded.toString()}`,
      [field.name],
    );
  }
  return rounded;
}

function decimalOf(field: FieldModel, value: unknown): Big {
  if (value instanceof Big) return value;
  if (typeof value !== 'number' && typeof value !== 'string') throw wrongType(field, value);
  try {
    return new Big(value);
  } catch {
    throw wrongType(field, value);
  }
}

function coerceDate(field: FieldModel, value: unknown): string {
  const parts = typeof value === 'string' ? DATE.exec(value) : null;
  if (!parts || !isDay(parts)) throw wrongType(field, value);
  return parts[0];
}

/** Takes the match of a pattern whose groups are year, month and day. */
function isDay([, year, month, day]: RegExpExecArray): boolean {
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= lastDay;
}

/** Salesforce keeps instants to the second. */
function coerceInstant(field: FieldModel, value: unknown): string {
  const parts = typeof value === 'string' ? INSTANT.exec(value) : null;
  if (!parts || !isDay(parts)) throw wrongType(field, value);
  const [, year, month, day, time, zone] = parts;
  const seconds = `${year}-${month}-${day}T${time}`;
  if (zone === 'Z') return `${seconds}.000Z`;
  return new Date(`${seconds}${zone!.replace(/^(.\d\d):?/, '$1:')}`).toISOString();
}

function coerceText(field: FieldModel, value: unknown): string | null {
  const raw = value instanceof Big ? value.toFixed() : typeof value === 'number' ? String(value) : value;
  if (typeof raw !== 'string') throw wrongType(field, value);
  const text = raw.trim();
  if (text === '') return null;
  if (field.type === 'reference' || field.type === 'id') return recordId(field, text);
  if (field.length !== undefined && text.length > field.length) {
    throw fail('STRING_TOO_LONG', `${field.label}: data value too large: ${text} (max length=${field.length})`, [
      field.name,
    ]);
  }
  if (field.type === 'email' && !EMAIL.test(text)) {
    throw fail('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, [field.name]);
  }
  if (field.picklist) return picklistValue(field, text);
  return text;
}

function recordId(field: FieldModel, text: string): string {
  const id = normalizeRecordId(text);
  if (id === undefined) {
    throw fail('MALFORMED_ID', `${field.label}: id value of incorrect type: ${text}`, [field.name]);
  }
  return id;
}

function picklistValue(field: FieldModel, text: string): string {
  const values = field.type === 'multipicklist' ? chosenInOrder(field, text) : [text];
  const { restricted, values: known } = field.picklist!;
  const bad = restricted ? values.find((value) => !known.some((one) => one.value === value)) : undefined;
  if (bad !== undefined) {
    throw fail(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${field.label}: bad value for restricted picklist field: ${bad}`,
      [field.name],
    );
  }
  return values.join(';');
}
