import type { Static } from 'typebox';
import { ACCOUNTS } from './contracts/accounts.ts';
import { CREDENTIALS } from './contracts/credentials.ts';
import { HISTORY } from './contracts/history.ts';
import { INTEGRATIONS } from './contracts/integrations.ts';
import { PROCESS } from './contracts/process.ts';
import { WORK } from './contracts/work.ts';

/**
 * Everything that people can ask of the agent: by command line, by the server's `POST /operations/NAME`, and by
 * requests in the org. Input and output are JSON.
 */
export const OPERATIONS = {
  ...PROCESS,
  ...WORK,
  ...HISTORY,
  ...INTEGRATIONS,
  ...ACCOUNTS,
  ...CREDENTIALS,
} as const;

export type OperationName = keyof typeof OPERATIONS;
export type OperationInput<Name extends OperationName> = Static<(typeof OPERATIONS)[Name]['input']>;
export type OperationOutput<Name extends OperationName> = Static<(typeof OPERATIONS)[Name]['output']>;

/** How far long work has come. */
export interface Progress {
  /** Such as `Reading Bills`. */
  readonly what: string;
  readonly done: number;
  /** Undefined while it is not known. */
  readonly total?: number;
}

/** What comes with a call beside its input. */
export interface Caller {
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the waiting; work that was begun goes on. */
  readonly signal?: AbortSignal;
}

/** Each throws `OperationError`s and the typed errors of the parts it uses; see `errorDocument`. */
export type Operations = {
  readonly [Name in OperationName]: (input: OperationInput<Name>, caller?: Caller) => Promise<OperationOutput<Name>>;
};
