/**
 * Runs the node:test files below folders and closes with the files that took longest and one line, 'name: N passed, N
 * failed'. Folders whose files take long come first, so that none of them is left alone in the end; a file that several
 * folders have runs once.
 *
 * Usage: node scripts/node-test.ts <folder> ... [node --test option ...]
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'test-name-pattern': { type: 'string' },
    'test-global-setup': { type: 'string' },
    concurrency: { type: 'string', default: '2' },
  },
});
const folders = positionals.join(' ');
const below = (folder: string): string[] =>
  globSync(`${folder}/**/*.test.ts`, { exclude: (name) => name === 'node_modules' });
const files = [...new Set(positionals.flatMap(below))];
if (files.length === 0) {
  console.error(`No *.test.ts file below "${folders}". Name a folder that has tests, such as agent, sandbox or e2e.`);
  process.exit(2);
}

// Every test file is a process of its own: without this each would compile the same sources anew.
process.env['NODE_COMPILE_CACHE'] ??= path.resolve('node_modules/.cache/node');

const SLOWEST = 8;
const seconds: Array<{ file: string; took: number }> = [];
let passed = 0;
let failed = 0;
const stream = run({
  files,
  concurrency: Number(values.concurrency),
  ...(values['test-name-pattern'] ? { testNamePatterns: values['test-name-pattern'] } : {}),
  ...(values['test-global-setup'] ? { globalSetupPath: path.resolve(values['test-global-setup']) } : {}),
});
stream.on('test:pass', ({ details }) => {
  if (details.type !== 'suite') passed += 1;
});
stream.on('test:fail', ({ details }) => {
  if (details.type !== 'suite') failed += 1;
});
stream.on('test:summary', ({ file, duration_ms }) => {
  if (file !== undefined) seconds.push({ file: path.relative('.', file), took: duration_ms / 1000 });
});
stream.on('end', () => {
  process.once('beforeExit', () => {
    const slowest = seconds.sort((a, b) => b.took - a.took).slice(0, SLOWEST);
    console.log(`slowest: ${slowest.map(({ file, took }) => `${file} ${Math.round(took)} s`).join(', ')}`);
    console.log(`${folders}: ${passed} passed, ${failed} failed`);
  });
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});
stream.pipe(new spec()).pipe(process.stdout);
