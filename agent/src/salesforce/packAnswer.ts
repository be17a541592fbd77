import { idsIn, refusalsIn, type SubAnswer } from './composite.ts';
import { classify, isGone, type ErrorClass } from './errors.ts';
import type { Operation, WriteItem } from './packRequest.ts';

/** What became of one Bill. */
export type Outcome =
  | {
      readonly kind: 'sent';
      readonly item: WriteItem;
      readonly recordId: string;
      readonly lineIds: Readonly<Record<string, string>>;
    }
  /** Salesforce holds a newer version. */
  | { readonly kind: 'superseded'; readonly item: WriteItem }
  | { readonly kind: 'failed'; readonly item: WriteItem; readonly code: string; readonly message: string };

/** The cause of a refusal: never a mere consequence of another one. */
export interface RootError {
  /** Undefined when the answer does not tell whose it is. */
  readonly item: WriteItem | undefined;
  readonly code: string;
  readonly message: string;
  /** `gone`: a line to delete is not there any more. */
  readonly errorClass: ErrorClass | 'gone';
}

export type PackAnswer =
  | { readonly committed: true; readonly sent: readonly Extract<Outcome, { kind: 'sent' }>[] }
  | { readonly committed: false; readonly roots: readonly RootError[] };

/** Reads the answer to an all-or-none call: either everything was written, or nothing. */
export function readPackAnswer(operations: readonly Operation[], answers: readonly SubAnswer[]): PackAnswer {
  const refusals = operations.flatMap((operation, index) => {
    const answer = answers[index];
    return answer ? refusalsIn(answer).map((refusal) => ({ operation, refusal })) : [];
  });
  if (refusals.length === 0) return { committed: true, sent: sentBills(operations, answers) };
  const roots = refusals
    .map(({ operation, refusal: { record, code, message } }): RootError => {
      const { owners, kind } = operation;
      const isAll = new Set(owners).size === 1;
      const errorClass = kind === 'stale' && isGone(code) ? 'gone' : classify(code, message);
      return { item: isAll ? owners[0] : owners[record ?? -1], code, message, errorClass };
    })
    .filter(({ errorClass }) => errorClass !== 'derived');
  return { committed: false, roots };
}

function sentBills(operations: readonly Operation[], answers: readonly SubAnswer[]) {
  const recordIds = new Map<WriteItem, string>();
  const lineIds = new Map<WriteItem, Record<string, string>>();
  const linesOf = (owner: WriteItem): Record<string, string> => {
    const known = lineIds.get(owner) ?? {};
    lineIds.set(owner, known);
    return known;
  };
  operations.forEach(({ kind, owners, keys }, index) => {
    const answer = answers[index];
    if (!answer || (kind !== 'header' && kind !== 'line')) return;
    idsIn(answer).forEach((id, position) => {
      const owner = owners[position];
      if (!owner) return;
      if (kind === 'header') recordIds.set(owner, id);
      else linesOf(owner)[keys?.[position] ?? ''] = id;
    });
  });
  return [...recordIds].map(([item, recordId]) => ({
    kind: 'sent' as const,
    item,
    recordId,
    lineIds: lineIds.get(item) ?? {},
  }));
}
