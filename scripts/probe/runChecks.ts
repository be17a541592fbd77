import { isDeepStrictEqual } from 'node:util';
import { bulkChecks } from './checks/bulk.ts';
import { packageChecks } from './checks/package.ts';
import { readingChecks } from './checks/reading.ts';
import { userInterfaceChecks } from './checks/userInterface.ts';
import { writingChecks } from './checks/writing.ts';
import type { Check } from './check.ts';
import { shown } from './org.ts';
import type { ProbeOrg } from './org.ts';

export const CHECKS: readonly Check[] = [
  ...[readingChecks, userInterfaceChecks, packageChecks, writingChecks, bulkChecks].flat(),
];

export type Verdict = 'as expected' | 'differs' | 'could not be checked' | 'left out';

export interface Finding {
  name: string;
  verdict: Verdict;
  /** Of a difference, what was expected and found; else why. */
  detail?: string;
}

/** Runs the checks one after the other; those that write only when they may. Deletes what they have made. */
export async function runChecks(org: ProbeOrg, { mayWrite }: { mayWrite: boolean }): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    for (const check of CHECKS) findings.push(await judge(org, check, mayWrite));
  } finally {
    await org.tidyUp();
  }
  return findings;
}

async function judge(
  org: ProbeOrg,
  { name, writes, ofPackage, expected, find }: Check,
  mayWrite: boolean,
): Promise<Finding> {
  if (writes && !mayWrite) return { name, verdict: 'left out', detail: 'it writes: pass --write' };
  if (ofPackage && org.prefix === undefined) {
    return { name, verdict: 'left out', detail: 'the package is not in this org, or hidden from this user' };
  }
  try {
    const found = await find(org);
    if (isDeepStrictEqual(found, expected)) return { name, verdict: 'as expected' };
    return { name, verdict: 'differs', detail: `expected ${shown(expected)}, found ${shown(found ?? 'nothing')}` };
  } catch (error) {
    return { name, verdict: 'could not be checked', detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether the org did everything as expected that was looked at. */
export const isGreen = (findings: readonly Finding[]): boolean =>
  findings.every(({ verdict }) => verdict === 'as expected' || verdict === 'left out');

/** The findings for people, worst last. */
export function report(findings: readonly Finding[]): string {
  const order: Verdict[] = ['as expected', 'left out', 'could not be checked', 'differs'];
  const lines = order.flatMap((verdict) =>
    findings
      .filter((finding) => finding.verdict === verdict)
      .map(({ name, detail }) => `${verdict.padEnd(20)} ${name}${detail === undefined ? '' : `: ${detail}`}`),
  );
  const counts = order.map((verdict) => `${findings.filter((one) => one.verdict === verdict).length} ${verdict}`);
  return [...lines, '', `${counts.join(', ')}.`].join('\n');
}
