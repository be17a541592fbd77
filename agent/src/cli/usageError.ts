import { OperationError } from '../operations/errors.ts';

/** The command line is wrong. Exit code 2. */
export class UsageError extends OperationError {
  override readonly name = 'UsageError';

  /** @param next the command to type next */
  constructor(message: string, next: string) {
    super('USAGE', message, next, 'usage');
  }
}
