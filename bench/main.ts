/** `npm run bench`: measures the agent beside what people would use instead. Usage: see `USAGE`. */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PARTS } from './parts/index.ts';
import type { BenchResult, Findings } from './report/result.ts';
import { textOf } from './report/text.ts';
import { updateReadme } from './report/readme.ts';

const USAGE = `Usage: npm run bench [-- OPTIONS]

  --only PART,...  only these parts: ${PARTS.map(({ name }) => name).join(', ')}
  --data DIR       also the Bills of a data set of your own (the files of npm start -- --data)
  --quick          small loads: shows that the bench works, not what is fast
  --full           a backfill of 100,000 Bills instead of 20,000; takes about ten minutes more
  --json FILE      the result as JSON; compare two with npm run bench:compare FILE FILE
  --readme         put table and chart of this run into README.md and docs/images/bench.svg
  --help           this text`;

interface Settings {
  readonly only: readonly string[];
  readonly data: string | undefined;
  readonly isQuick: boolean;
  readonly isFull: boolean;
  readonly json: string | undefined;
  readonly readme: boolean;
}

class UsageError extends Error {}

function readSettings(): Settings | 'help' {
  const options = {
    only: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    readme: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (values.help) return 'help';
  const only = values.only?.split(',') ?? [];
  const unknown = only.find((name) => !PARTS.some((part) => part.name === name));
  if (unknown !== undefined) throw new UsageError(`--only ${unknown} is not a part of the bench.`);
  return {
    only,
    data: values.data,
    isQuick: values.quick,
    isFull: values.full,
    json: values.json,
    readme: values.readme,
  };
}

async function measure({ only, data, isQuick, isFull }: Settings): Promise<BenchResult> {
  const started = performance.now();
  const found: Findings[] = [];
  const errors: Array<{ part: string; message: string }> = [];
  const seconds = (): number => (performance.now() - started) / 1000;
  const chosen = PARTS.filter(({ name }) => only.length === 0 || only.includes(name));
  for (const part of chosen) {
    console.error(`[${seconds().toFixed(0)} s] ${part.name}: ${part.says}`);
    const say = (text: string): void => console.error(`[${seconds().toFixed(0)} s]   ${text}`);
    try {
      found.push(
        await part.run({ isQuick, isFull, dataDir: data === undefined ? undefined : path.resolve(data), say }),
      );
    } catch (error) {
      // The other parts can still be measured.
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      errors.push({ part: part.name, message });
      say(`broke off: ${message}`);
    }
  }
  const [cpu] = os.cpus();
  return {
    measuredAt: new Date().toISOString(),
    machine: {
      cores: os.availableParallelism(),
      memoryGb: Math.round(os.totalmem() / 2 ** 30),
      node: process.version,
      platform: `${process.platform} ${process.arch}, ${cpu?.model ?? 'unknown processor'}`,
    },
    isQuick,
    seconds: Math.round(seconds()),
    rows: found.flatMap(({ rows = [] }) => rows),
    correctness: found.flatMap(({ correctness = [] }) => correctness),
    targets: found.flatMap(({ targets = [] }) => targets),
    errors,
  };
}

try {
  const settings = readSettings();
  if (settings === 'help') console.log(USAGE);
  else {
    const result = await measure(settings);
    console.log(textOf(result));
    if (settings.json !== undefined) writeFileSync(settings.json, `${JSON.stringify(result, null, 2)}\n`);
    if (settings.readme) updateReadme(result);
    process.exitCode = result.errors.length > 0 ? 1 : 0;
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
