/** What `npm test` does: every check, each also an npm script of its own. Goes on after a failure and lists all. */
import { spawnSync } from 'node:child_process';

const STEPS = [
  'format',
  'typecheck',
  'lint',
  'validate:metadata',
  'test:package',
  'test:components',
  'test:agent',
  'test:sandbox',
  'test:browser',
];

const npm = process.env['npm_execpath'];
const failed: string[] = [];
for (const step of STEPS) {
  console.log(`\n=== npm run ${step}`);
  const started = Date.now();
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const { status } = spawnSync(command, [...first, 'run', '--silent', step], { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${step} (${Math.round((Date.now() - started) / 1000)} s)`);
  if (status !== 0) failed.push(step);
}
console.log(failed.length ? `\nFailed: ${failed.join(', ')}` : '\nAll checks passed.');
process.exitCode = failed.length ? 1 : 0;
