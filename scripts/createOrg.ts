/** `npm run org:create`: a scratch org with the package, permission sets and sample data. */
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEMO_SEED, generateDataSet } from '../sandbox/data/generate.ts';
import { ROOT } from './metadata/source.ts';
import { stageProject } from './metadata/stage.ts';
import { readOrgOptions, UsageError } from './org/options.ts';
import { runSteps } from './org/runSteps.ts';
import { PLAN_FILE, sampleFiles } from './org/sampleData.ts';
import { orgSteps } from './org/steps.ts';

const STAGED = path.join(ROOT, 'dist/source');
const DATA = path.join(ROOT, 'dist/sample-data');
/** Small enough for the storage of a scratch org, with some of everything. */
const SAMPLE = { seed: DEMO_SEED, accounts: 12, months: 4 };

function writeSampleData(now: Date): void {
  mkdirSync(DATA, { recursive: true });
  for (const { name, text } of sampleFiles(generateDataSet({ ...SAMPLE, now }), now)) {
    writeFileSync(path.join(DATA, name), text);
  }
}

try {
  const definitions = globSync('*-scratch-def.json', { cwd: path.join(ROOT, 'config') });
  const names = definitions.map((file) => file.replace(/-scratch-def\.json$/, '')).sort();
  const options = readOrgOptions(process.argv.slice(2), names);
  stageProject(STAGED);
  if (options.data) writeSampleData(new Date());
  const dataPlan = options.data ? path.relative(STAGED, path.join(DATA, PLAN_FILE)) : undefined;
  process.exitCode = runSteps(orgSteps({ ...options, dataPlan }), {
    cwd: STAGED,
    dryRun: options.dryRun,
    log: (line) => console.log(line),
  });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
