/** Plays m3ter: calls local m3ter's control paths through the workbench's server. */

/** What happened to which Bill, as local m3ter tells it. */
export interface Played {
  billId: string;
  /** The Bill's name for people. */
  reference: string;
  /** A sentence. */
  message: string;
}

/** What can be done to one Bill; without a Bill's id local m3ter picks one that it makes sense for. */
export type BillAction = 'recalculate' | 'late-usage' | 'approve' | 'delete';

/** Bills of one run, so that a run can be followed at a glance. */
const BILLS_PER_RUN = 3;

/** Makes some Bills of Accounts that have none for the running month. Throws an Error with m3ter's message. */
export async function generateBillRun(): Promise<Played[]> {
  const { bills } = await call<{ bills: Played[] }>('bill-run', { count: BILLS_PER_RUN });
  return bills;
}

/** Throws an Error with m3ter's message when it refuses, such as for a locked Bill. */
export const playBill = (action: BillAction, billId: string | undefined): Promise<Played> =>
  call(action, billId === undefined ? {} : { billId });

async function call<T>(path: string, body: object): Promise<T> {
  const response = await fetch(`/workbench/m3ter/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer as T;
  const first = (Array.isArray(answer) ? answer[0] : answer) as { message?: string } | undefined;
  throw new Error(first?.message ?? `m3ter answered ${response.status} ${response.statusText}.`);
}
