import type { RecordError } from '../model.ts';

/** Why one record cannot be saved; `save` and `remove` turn it into their result. */
export class RecordFailure extends Error {
  readonly errors: RecordError[];

  constructor(errors: RecordError[]) {
    super(errors.map((error) => `${error.statusCode}: ${error.message}`).join('; '));
    this.name = 'RecordFailure';
    this.errors = errors;
  }
}

export function fail(statusCode: string, message: string, fields: string[] = []): RecordFailure {
  return new RecordFailure([{ statusCode, message, fields }]);
}

/** Runs one step for each item and throws all failures together. */
export function collectFailures<T>(items: Iterable<T>, step: (item: T) => void): void {
  const errors: RecordError[] = [];
  for (const item of items) {
    try {
      step(item);
    } catch (error) {
      if (!(error instanceof RecordFailure)) throw error;
      errors.push(...error.errors);
    }
  }
  if (errors.length > 0) throw new RecordFailure(errors);
}
