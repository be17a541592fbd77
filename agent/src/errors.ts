/** The text of whatever was thrown, with the cause that network errors hide behind "fetch failed". */
export function errorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? causeText(error.cause) : '';
  return cause && !error.message.includes(cause) ? `${error.message} (${cause})` : error.message;
}

/** The text as a sentence: others end some of their messages with a full stop and some without. */
export function sentence(text: string): string {
  return `${text.trimEnd().replace(/\.$/, '')}.`;
}

function causeText(cause: Error & { code?: unknown }): string {
  return cause.message || (typeof cause.code === 'string' ? cause.code : cause.name);
}

/** Errors of the language: nobody foresaw them, so their names tell people nothing. */
const NATIVE = /^(?:Type|Range|Reference|Syntax|Eval|URI|Aggregate)?Error$/;

/** A code for whatever was thrown: its own, else one made of its name, such as M3TER_AUTHENTICATION. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  const { code, name } = error as Error & { code?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  if (NATIVE.test(name)) return 'UNKNOWN';
  const words = name.replace(/Error$/, '').replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return words.toUpperCase();
}

/** Wraps what is not an Error, so that a catch can rely on one. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The agent is set up wrongly: nothing works until a person changes something. Exit code 2. */
export class SetupError extends Error {
  override readonly name: string = 'SetupError';
}

/** m3ter or Salesforce refuses the agent's credentials. Exit code 3. */
export class AuthenticationError extends Error {
  override readonly name: string = 'AuthenticationError';
}
