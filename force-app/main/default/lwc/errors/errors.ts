/**
 * What the platform says when the user may not see an object or a field. GraphQL leaves such names out of the user's
 * schema, so that a query for them fails its validation.
 */
const NO_ACCESS =
  /FieldUndefined|UnknownType|is undefined|Unknown type|Cannot query field|INSUFFICIENT_ACCESS|INVALID_TYPE|insufficient (access|permission)|don.t have access|no access|not have permission/i;

/** The messages of an error of any shape the platform gives: GraphQL errors, a failed fetch, an Error, text. */
export function reduceErrors(error: unknown): string[] {
  const messages = collect(error).map((message) => message.trim());
  return [...new Set(messages.filter((message) => message !== ''))];
}

/** Whether the messages say that the user lacks a permission. */
export function isNoAccess(messages: readonly string[]): boolean {
  return messages.some((message) => NO_ACCESS.test(message));
}

function collect(error: unknown): string[] {
  if (typeof error === 'string') return [error];
  if (Array.isArray(error)) return error.flatMap(collect);
  if (typeof error !== 'object' || error === null) return [];
  const { body, output, errors, fieldErrors, message, statusText } = error as Record<string, unknown>;
  const nested = [...collect(body), ...collect(errors), ...collectOutput(output), ...collectFields(fieldErrors)];
  if (nested.length > 0) return nested;
  return [message, statusText].filter((text) => typeof text === 'string').slice(0, 1);
}

function collectOutput(output: unknown): string[] {
  const { errors, fieldErrors } = (output ?? {}) as Record<string, unknown>;
  return [...collect(errors), ...collectFields(fieldErrors)];
}

function collectFields(fieldErrors: unknown): string[] {
  return Object.values(fieldErrors ?? {}).flatMap(collect);
}
