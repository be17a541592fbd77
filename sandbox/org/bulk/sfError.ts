import type { RecordError } from '../model.ts';

/** The cell `sf__Error` of a refused row: `CODE:message:Field1 Field2 --`. */
export function sfError(errors: RecordError[]): string {
  return errors.map(({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.join(' ')} --`).join(';');
}
