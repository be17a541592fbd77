/**
 * Random sequences of what may happen to Bills, rules, orgs, wires and the agent, each ended by a judgement. The number of
 * sequences is MODEL_SEQUENCES, run in MODEL_LANES at a time. The seed is always the same, so that a check of a change tells
 * of that change; MODEL_SEED gives other sequences, and with MODEL_PATH repeats one that failed.
 */
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { runSequence } from './runSequence.ts';
import { sequences } from './steps.ts';

const setting = (name: string, usual: number): number => Number(process.env[name] ?? usual);

const SEQUENCES = setting('MODEL_SEQUENCES', 15);
const LANES = Math.min(setting('MODEL_LANES', 3), SEQUENCES);
const SEED = setting('MODEL_SEED', 20_261_122);
const PATH = process.env['MODEL_PATH'];

describe(`the agent in ${SEQUENCES} random sequences, seed ${SEED}`, { concurrency: true }, () => {
  for (let lane = 0; lane < (PATH === undefined ? LANES : 1); lane += 1) {
    it(`loses, doubles, mixes up and leaves nothing half-written, lane ${lane + 1}`, async () => {
      await fc.assert(fc.asyncProperty(sequences, runSequence), {
        seed: SEED + lane,
        numRuns: PATH === undefined ? Math.ceil(SEQUENCES / LANES) : 1,
        includeErrorInReport: true,
        endOnFailure: process.env['MODEL_SHRINK'] === undefined,
        ...(PATH === undefined ? {} : { path: PATH }),
      });
    });
  }
});
