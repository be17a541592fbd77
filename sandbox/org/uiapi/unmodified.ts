import type { StoredRecord } from '../model.ts';
import { OrgError } from '../orgError.ts';

/**
 * Refuses a change when the record is newer than its writer knows: `updateRecord` sends the `LastModifiedDate` that it
 * read in the header If-Unmodified-Since.
 *
 * Source: LWC Developer Guide, "updateRecord(recordInput, clientOptions)" (reference-update-record); REST API Developer
 * Guide, "Conditional Request Headers" (headers-conditional), for the status.
 *
 * @param header an HTTP date or an ISO 8601 instant; HTTP dates have whole seconds
 * @throws {OrgError} PRECONDITION_FAILED (412) for a newer record, INVALID_INPUT for a header that is no date.
 */
export function requireUnmodified(values: StoredRecord, header: string | undefined): void {
  if (header === undefined) return;
  const known = Date.parse(header);
  if (Number.isNaN(known)) throw new OrgError('INVALID_INPUT', `If-Unmodified-Since is no date: ${header}.`);
  const modified = Date.parse(String(values['LastModifiedDate']));
  const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
  if (seconds(modified) <= seconds(known)) return;
  throw new OrgError('PRECONDITION_FAILED', 'The record was changed by somebody else. Read it again first.', {
    status: 412,
  });
}
