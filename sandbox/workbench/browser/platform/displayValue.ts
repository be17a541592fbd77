/** What the stand-in pages need of a field out of an object's describe. */
export interface FieldDescription {
  name: string;
  label: string;
  type: string;
  custom: boolean;
  nameField: boolean;
  /** Digits after the point, of numbers. */
  scale?: number;
  autoNumber?: boolean;
  picklistValues?: Array<{ value: string; label: string }>;
  relationshipName?: string | null;
  referenceTo?: string[];
}

const LOCALE = 'en-US';

/** A value as text for a reader; empty for no value. */
export function displayValue(
  field: Pick<FieldDescription, 'type' | 'scale' | 'picklistValues'>,
  value: unknown,
): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return value.toLocaleString(LOCALE, { maximumFractionDigits: field.scale ?? 0 });
  if (typeof value !== 'string') return '';
  if (field.type === 'datetime') {
    return new Date(value).toLocaleString(LOCALE, { dateStyle: 'short', timeStyle: 'short' });
  }
  // A calendar date has no time zone: it must not move when it is formatted.
  if (field.type === 'date') return new Date(value).toLocaleDateString(LOCALE, { timeZone: 'UTC' });
  return field.picklistValues?.find((choice) => choice.value === value)?.label ?? value;
}
