import { errorMessage } from '../../errors.ts';
import { unreadableField } from '../../m3ter/readResource.ts';
import type { Bill } from '../../m3ter/resources.ts';
import type { Logger } from '../../runtime.ts';

/** A Bill that the agent cannot make sense of. It fails alone. */
export class UnreadableBillError extends Error {
  override readonly name = 'UnreadableBillError';
  readonly code = 'UNREADABLE_BILL';

  constructor(billId: string, reason: string, nextStep: string, options?: ErrorOptions) {
    super(`Bill ${billId} cannot be read: ${reason}. ${nextStep}`, options);
  }
}

/** @throws {UnreadableBillError} when a field of the Bill holds what it should not */
export function assertReadable(bill: Bill): void {
  const field = unreadableField(bill);
  if (field === undefined) return;
  const nextStep = 'Correct it in m3ter; the Bill is sent then.';
  throw new UnreadableBillError(bill.id, `${field} holds a value of the wrong kind`, nextStep);
}

/**
 * Runs what works on one Bill, so that a Bill unlike any foreseen does not end the sweep. An error that nobody
 * foresaw is logged with its stack.
 *
 * @param isExpected errors that are passed on as they are
 * @throws {UnreadableBillError} for every other error
 */
export function readingBill<T>(bill: Bill, logger: Logger, isExpected: (error: unknown) => boolean, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isExpected(error) || error instanceof UnreadableBillError) throw error;
    assertReadable(bill);
    logger.error({ err: error, billId: bill.id }, 'An error that was not foreseen; the Bill fails with it.');
    const nextStep = 'Check the Bill in m3ter; if nothing is wrong with it, report this with the log of the agent.';
    throw new UnreadableBillError(bill.id, errorMessage(error), nextStep, { cause: error });
  }
}
