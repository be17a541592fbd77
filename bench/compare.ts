/** `npm run bench:compare A B`: what changed from one result of the bench to another. */
import { readFileSync } from 'node:fs';
import { comparison } from './report/compare.ts';
import type { BenchResult } from './report/result.ts';

const [before, after] = process.argv.slice(2);
if (before === undefined || after === undefined) {
  console.error('Usage: npm run bench:compare BEFORE.json AFTER.json');
  process.exitCode = 2;
} else {
  const read = (file: string): BenchResult => JSON.parse(readFileSync(file, 'utf8')) as BenchResult;
  const { text, isWorse } = comparison(read(before), read(after));
  console.log(text);
  process.exitCode = isWorse ? 1 : 0;
}
