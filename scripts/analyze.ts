/**
 * The security gate: Salesforce Code Analyzer's engines on the package as it goes to an org. Ends with 1 when a finding
 * of severity 1 to 3 is left, or a waiver covers nothing.
 *
 * Usage: node scripts/analyze.ts [--all]   --all: lists findings of severity 4 and 5 too
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stageProject } from './metadata/stage.ts';
import { analyze, FAILS_UP_TO, withoutWaived } from './security/analyze.ts';

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-analyze-'));
try {
  stageProject(folder);
  const { findings, unused } = withoutWaived(await analyze(folder));
  const grave = findings.filter(({ severity }) => severity <= FAILS_UP_TO);
  for (const { severity, rule, file, line, message } of values.all ? findings : grave)
    console.log(`${severity} ${rule} ${file}:${line} ${message}`);
  for (const waiver of unused) console.log(`The waiver ${waiver} covers nothing: delete it`);
  console.log(`${findings.length} findings, ${grave.length} of severity 1 to ${FAILS_UP_TO}`);
  process.exitCode = grave.length > 0 || unused.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
