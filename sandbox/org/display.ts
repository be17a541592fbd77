import Big from 'big.js';
import type { FieldModel, FieldValue, OrgUser } from './model.ts';

/** What decides how a value reads: the user's locale (such as `en_US`) and time zone (such as `Europe/London`). */
export type Viewer = Pick<OrgUser, 'locale' | 'timeZone'>;

/** What of a field decides how its values read. */
export type ShownField = Pick<FieldModel, 'type' | 'scale' | 'picklist'>;

/** The local org keeps one corporate currency; amounts in other currencies carry their code in a field of their own. */
const ORG_CURRENCY = 'USD';

// Building an Intl formatter costs far more than using it, and a page formats thousands of values.
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * The text a person reads for a stored value, or null where Salesforce gives none because the value itself is
 * readable (text, ids, checkboxes) or the field is empty.
 *
 * Source: UI API Developer Guide, "Field Value" response body (ui_api_responses_field_value).
 */
export function displayValue(field: ShownField, value: FieldValue, viewer: Viewer): string | null {
  if (value === null) return null;
  if (value instanceof Big) return numberText(field, value, viewer);
  if (typeof value === 'boolean') return null;
  switch (field.type) {
    case 'date':
      return dateFormat(viewer.locale, 'UTC', false).format(new Date(`${value}T00:00:00Z`));
    case 'datetime':
      return plainSpaces(dateFormat(viewer.locale, viewer.timeZone, true).format(new Date(value)));
    case 'picklist':
      return labelOf(field, value);
    case 'multipicklist':
      return value
        .split(';')
        .map((part) => labelOf(field, part))
        .join(';');
    default:
      return null;
  }
}

/** A picklist value's label; values outside the list (open picklists) are their own label. */
export function labelOf(field: Pick<FieldModel, 'picklist'>, value: string): string {
  const wanted = value.toLowerCase();
  return field.picklist?.values.find((each) => each.value.toLowerCase() === wanted)?.label ?? value;
}

function numberText(field: ShownField, value: Big, viewer: Viewer): string {
  const scale = field.scale ?? 0;
  const style = field.type === 'currency' || field.type === 'percent' ? field.type : 'decimal';
  // Intl wants a percentage as a fraction; Salesforce stores 12.5 for 12.5 %.
  const shown = style === 'percent' ? value.times('0.01') : value;
  // Intl formats decimal text digit by digit, where a number would pass through a binary float.
  return plainSpaces(numberFormat(viewer.locale, style, scale).format(shown.toFixed() as Intl.StringNumericLiteral));
}

function numberFormat(locale: string, style: 'currency' | 'percent' | 'decimal', scale: number): Intl.NumberFormat {
  const key = `${locale}/${style}/${scale}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(languageTag(locale), {
      style,
      minimumFractionDigits: scale,
      maximumFractionDigits: scale,
      ...(style === 'currency' ? { currency: ORG_CURRENCY } : {}),
    });
    numberFormats.set(key, format);
  }
  return format;
}

function dateFormat(locale: string, timeZone: string, withTime: boolean): Intl.DateTimeFormat {
  const key = `${locale}/${timeZone}/${withTime}`;
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(languageTag(locale), {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      ...(withTime ? { hour: 'numeric', minute: '2-digit' } : {}),
    });
    dateFormats.set(key, format);
  }
  return format;
}

const languageTag = (locale: string): string => locale.replaceAll('_', '-');

// Newer locale data puts a narrow no-break space before AM and PM; Salesforce answers with a plain one.
const plainSpaces = (text: string): string => text.replaceAll(/[\u202f\u00a0]/g, ' ');
