import { ApiError } from './apiError.ts';

/**
 * m3ter's optimistic lock: an update has to name the version that is stored. Answers the version after it.
 *
 * @throws {ApiError} 400 without a version, 409 when it is not the stored one
 */
export function requireVersion(given: number | undefined, stored = 1): number {
  if (given === undefined) throw new ApiError(400, `version is missing. Send the stored version, ${stored}.`);
  if (given !== stored)
    throw new ApiError(409, `Version ${given} is not the stored one, ${stored}. Read it again first.`);
  return stored + 1;
}
