import { OrgError } from '../orgError.ts';
import { errorBody } from './errorBody.ts';

/**
 * One result for each part of a batch request; a part that fails does not fail the others.
 *
 * Source: UI API Developer Guide, "Batch Results" response body (ui_api_responses_batch_results).
 */
export function batch<Result>(parts: string[], read: (part: string) => Result) {
  const results = parts.map((part) => {
    try {
      return { result: read(part), statusCode: 200 };
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      return { result: errorBody(error), statusCode: error.status };
    }
  });
  return { hasErrors: results.some(({ statusCode }) => statusCode !== 200), results };
}
