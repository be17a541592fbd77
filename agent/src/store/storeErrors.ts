import { errorMessage, SetupError } from '../errors.ts';

/** The store cannot be opened. */
export class StoreSetupError extends SetupError {
  override readonly name = 'StoreSetupError';
}

/**
 * A call to the store failed. It does not carry the driver's error on: that one holds the values of the statement, which
 * do not belong in logs.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: 'STORE_FAILED' | 'STORE_UNREACHABLE';
  /** PostgreSQL's code, where the database answered. */
  readonly sqlState: string | undefined;

  constructor(error: unknown) {
    const sqlState = sqlStateOf(error);
    const isUnreachable = sqlState === undefined || UNREACHABLE.test(sqlState);
    const nextStep = isUnreachable
      ? 'Check that the database of STORE_URL runs and can be reached; the agent goes on by itself then.'
      : 'Nothing was changed by this call. If it happens again, report it with the log of the agent.';
    super(`The store failed: ${reasonOf(error)}${sqlState ? ` (${sqlState})` : ''}. ${nextStep}`);
    this.code = isUnreachable ? 'STORE_UNREACHABLE' : 'STORE_FAILED';
    this.sqlState = sqlState;
  }
}

/** Connection exceptions, and a server that starts, stops or has no free connection. */
const UNREACHABLE = /^(08|57P0|53300)/;

/** The five characters with which PostgreSQL says what went wrong. */
export function sqlStateOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) ? code : undefined;
}

/** What the driver says; of a host with several addresses it says nothing itself, but something of each. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof AggregateError) || error.message !== '') return errorMessage(error);
  return error.errors.map(errorMessage).join(', ');
}
