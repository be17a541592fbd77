import type { FieldModel, FieldType } from '../model.ts';

interface RawJson {
  rawJSON(text: string): object;
}

/** What a value needs for its way from SQLite to JSON. */
export interface ValueShape {
  type: FieldType;
  /** Digits after the point of a number. */
  scale: number;
}

const numberTypes: ReadonlySet<FieldType> = new Set<FieldType>(['double', 'int', 'currency', 'percent']);

export function isNumber(type: FieldType): boolean {
  return numberTypes.has(type);
}

export function shapeOf(field: FieldModel): ValueShape {
  return { type: field.type, scale: field.scale ?? 0 };
}

/** A JSON number written exactly as the given decimal text. */
export function rawNumber(text: string): object {
  return (JSON as unknown as RawJson).rawJSON(text);
}

/** Decimal text of an integer that counts units of 10^-scale, without needless zeros: (12500n, 4) is 1.25. */
export function decimalText(scaled: bigint, scale: number): string {
  if (scale === 0) return scaled.toString();
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  const whole = digits.slice(0, -scale);
  return `${scaled < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The JSON value of what SQLite holds: exact numbers, booleans, datetimes with +0000; null stays null. */
export function wireValue(shape: ValueShape, stored: unknown): unknown {
  if (stored === null) return null;
  if (isNumber(shape.type)) return rawNumber(decimalText(BigInt(stored as bigint), shape.scale));
  if (shape.type === 'boolean') return Boolean(stored);
  if (shape.type === 'datetime') return (stored as string).replace(/Z$/, '+0000');
  return stored;
}
