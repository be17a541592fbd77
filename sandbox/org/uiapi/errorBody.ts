import type { OrgError } from '../orgError.ts';
import { RecordSaveError } from './saving.ts';

/**
 * What the UI API answers an error with: a list for requests that read, an object with the record's and its fields'
 * errors for saves.
 *
 * Source: UI API Developer Guide, "Status Codes and Error Responses" and "Error with Output"
 * (ui_api_responses_error_with_output).
 */
export function errorBody(error: OrgError) {
  if (error instanceof RecordSaveError) return error.body;
  return [{ errorCode: error.errorCode, message: error.message, statusCode: error.status }];
}
