/**
 * Runs the node:test files below a folder and closes with one line, 'name: N passed, N failed'.
 *
 * Usage: node scripts/node-test.ts <folder> [node --test option ...]
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
const folder = positionals[0];
const files = globSync(`${folder}/**/*.test.ts`, { exclude: (name) => name === 'node_modules' });
if (folder === undefined || files.length === 0) {
  console.error(`No *.test.ts file below "${folder}". Name a folder that has tests, such as agent, sandbox or e2e.`);
  process.exit(2);
}

// Every test file is a process of its own: without this each would compile the same sources anew.
process.env['NODE_COMPILE_CACHE'] ??= path.resolve('node_modules/.cache/node');

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
stream.on('end', () => {
  process.once('beforeExit', () => console.log(`${folder}: ${passed} passed, ${failed} failed`));
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});
stream.pipe(new spec()).pipe(process.stdout);
