import { planPhases, type Phase } from '../rules/packing.ts';
import { jitter } from '../retry.ts';
import type { BillWriterOptions } from './billWriter.ts';
import { sendComposite } from './composite.ts';
import { readPackAnswer, type Outcome, type RootError } from './packAnswer.ts';
import { phaseOperations, type WriteItem } from './packRequest.ts';
import { withCurrentLines } from './staleLines.ts';
import { failed, isolates, settle } from './verdicts.ts';

const MOST_TRIES = 4;
const LOCK_BACKOFF = { base: 2000, most: 10_000 };

/** Nothing came of a phase but the advice to begin again with the lines that are there now. */
type PhaseResult = { readonly lineIds: Readonly<Record<string, string>>; readonly recordId: string } | Outcome | 'gone';

/**
 * Writes a Bill that no single call can hold: its header says Writing until the last call, which also holds its hash
 * and its child Run. A Bill left in Writing is written anew by the next sweep.
 */
export class PhasedWriter {
  private readonly options: BillWriterOptions;

  constructor(options: BillWriterOptions) {
    this.options = options;
  }

  /** The outcome, or undefined when the runtime's signal aborted first. */
  async write(item: WriteItem): Promise<Outcome | undefined> {
    let current = item;
    for (let round = 0; round < MOST_TRIES; round += 1) {
      const outcome = await this.writePhases(current);
      if (outcome !== 'gone') return outcome && { ...outcome, item };
      current = (await withCurrentLines([current], this.options.reader, this.options.names)).get(current) ?? current;
    }
    return failed(item, 'ENTITY_IS_DELETED', 'Lines of the Bill keep vanishing while it is written. Try again later.');
  }

  private async writePhases(item: WriteItem): Promise<Outcome | 'gone' | undefined> {
    const lineIds: Record<string, string> = {};
    let recordId = '';
    for (const phase of planPhases(item)) {
      if (this.options.runtime.signal.aborted) return undefined;
      const result = await this.writePhase(item, phase);
      if (result === 'gone' || 'kind' in result) return result;
      Object.assign(lineIds, result.lineIds);
      recordId = result.recordId;
    }
    return { kind: 'sent', item, recordId, lineIds };
  }

  private async writePhase(item: WriteItem, phase: Phase): Promise<PhaseResult> {
    const { connection, names, runtime } = this.options;
    const operations = phaseOperations(item, phase, names);
    const subrequests = operations.map(({ subrequest }) => subrequest);
    for (let attempt = 1; ; attempt += 1) {
      let roots: readonly RootError[];
      try {
        const answer = readPackAnswer(operations, await sendComposite(connection, subrequests, true));
        const [sent] = answer.committed ? answer.sent : [];
        if (sent) return sent.kind === 'sent' ? { recordId: sent.recordId, lineIds: sent.lineIds } : sent;
        roots = answer.committed ? [] : answer.roots;
      } catch (error) {
        if (isolates(error)) return failed(item, error.code, error.message);
        throw error;
      }
      const verdict = settle([item], roots, attempt < MOST_TRIES);
      const [outcome] = verdict.outcomes;
      if (outcome) return outcome;
      if (verdict.gone.size > 0) return 'gone';
      if (attempt >= MOST_TRIES)
        return failed(item, 'PROCESSING_HALTED', 'Salesforce gave no reason. Try again later.');
      await runtime.sleep(jitter(runtime.random, attempt, LOCK_BACKOFF.base, LOCK_BACKOFF.most));
    }
  }
}
