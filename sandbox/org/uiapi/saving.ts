import type { ObjectModel, SaveResult } from '../model.ts';
import { OrgError } from '../orgError.ts';

interface RecordExceptionError {
  constituentField: null;
  duplicateRecordError: null;
  errorCode: string;
  field: string | null;
  fieldLabel: string | null;
  message: string;
}

/** What the UI API answers a refused save with. */
export interface ErrorWithOutput {
  enhancedErrorType: 'RecordError';
  message: string;
  output: { errors: RecordExceptionError[]; fieldErrors: Record<string, RecordExceptionError[]> };
  statusCode: number;
}

const FORBIDDEN = [
  'INSUFFICIENT_ACCESS',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
];
const MISSING = ['NOT_FOUND', 'ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY'];

/** A save that the engine refused, with what the UI API says of it. */
export class RecordSaveError extends OrgError {
  readonly body: ErrorWithOutput;

  constructor(result: SaveResult, object: ObjectModel, doing: 'create' | 'update' | 'delete') {
    const code = result.errors[0]?.statusCode ?? 'UNKNOWN_EXCEPTION';
    const status = FORBIDDEN.includes(code) ? 403 : MISSING.includes(code) ? 404 : 400;
    const message = `An error occurred while trying to ${doing} the record. Please try again.`;
    super(code, message, { status });
    this.body = { enhancedErrorType: 'RecordError', message, output: outputOf(result, object), statusCode: status };
  }
}

/**
 * The errors of a save, those of fields under the field's name, all others in one list.
 *
 * Source: UI API Developer Guide, "Error with Output" and "Record Exception Error" response bodies
 * (ui_api_responses_error_with_output, ui_api_responses_record_exception_error).
 */
function outputOf(result: SaveResult, object: ObjectModel): ErrorWithOutput['output'] {
  const output: ErrorWithOutput['output'] = { errors: [], fieldErrors: {} };
  for (const { statusCode, message, fields } of result.errors) {
    if (fields.length === 0) output.errors.push(exceptionError(statusCode, message, null, null));
    for (const name of fields) {
      const field = object.fields.get(name.toLowerCase());
      const list = (output.fieldErrors[field?.name ?? name] ??= []);
      list.push(exceptionError(statusCode, message, field?.name ?? name, field?.label ?? null));
    }
  }
  return output;
}

const exceptionError = (
  errorCode: string,
  message: string,
  field: string | null,
  fieldLabel: string | null,
): RecordExceptionError => ({
  constituentField: null,
  duplicateRecordError: null,
  errorCode,
  field,
  fieldLabel,
  message,
});
