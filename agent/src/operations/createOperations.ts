import type { Credentials } from '../vault/credentials.ts';
import { backfillOperations } from './backfill.ts';
import type { CredentialDesk } from './credentialDesk.ts';
import { credentialOperations } from './credentials.ts';
import type { Engine } from './engine.ts';
import { testFilter } from './filter.ts';
import { historyOperations } from './history.ts';
import { integrationOperations } from './integrations.ts';
import { createExternalMapping } from './mapping.ts';
import type { Operations } from './operations.ts';
import { statement } from './statement.ts';
import { status } from './status.ts';
import { suggestAccounts } from './suggestAccounts.ts';
import { workOperations } from './work.ts';

export interface OperationParts {
  readonly engine: Engine;
  readonly credentials: Credentials;
  readonly desk: CredentialDesk;
  readonly version: string;
  /** What the process alone knows: its settings, and how everything is set up. */
  readonly doctor: Operations['doctor'];
  readonly configCheck: Operations['configCheck'];
}

/** Everything that people can ask, done in this process. */
export function createOperations(parts: OperationParts): Operations {
  const { engine, doctor, configCheck } = parts;
  return {
    ...workOperations(engine),
    ...backfillOperations(engine),
    ...historyOperations(engine),
    ...integrationOperations(parts),
    ...credentialOperations(parts),
    status: () => status(parts),
    createExternalMapping: (input) => createExternalMapping(engine, input),
    statement: (input) => statement(engine, input),
    suggestAccounts: (input) => suggestAccounts(engine, input),
    testFilter: (input, caller) => testFilter(engine, input, caller),
    doctor,
    configCheck,
  };
}
