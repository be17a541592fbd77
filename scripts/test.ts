/** What `npm test` does: every check, each also an npm script of its own. Goes on after a failure and lists all. */
import { spawn } from 'node:child_process';

/** Steps of a group need one core each and run side by side; the tests have the machine for themselves. */
const GROUPS: ReadonlyArray<readonly string[]> = [
  ['format', 'typecheck'],
  ['lint', 'validate:metadata', 'test:package'],
  ['test:components'],
  ['test:agent'],
  ['test:sandbox'],
  ['test:e2e'],
];

interface Outcome {
  step: string;
  isGood: boolean;
}

/** Runs a step. One that has company says what it has to say at its end, in one piece. */
function run(step: string, isAlone: boolean): Promise<Outcome> {
  const started = Date.now();
  const npm = process.env['npm_execpath'];
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  if (isAlone) console.log(`\n=== npm run ${step}`);
  const child = spawn(command, [...first, 'run', '--silent', step], {
    stdio: isAlone ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const isGood = code === 0;
      if (!isAlone) console.log(`\n=== npm run ${step}\n${Buffer.concat(output).toString().trimEnd()}`);
      console.log(`${isGood ? 'ok' : 'FAILED'}: ${step} (${Math.round((Date.now() - started) / 1000)} s)`);
      resolve({ step, isGood });
    });
  });
}

const failed: string[] = [];
for (const steps of GROUPS) {
  const outcomes = await Promise.all(steps.map((step) => run(step, steps.length === 1)));
  failed.push(...outcomes.flatMap(({ step, isGood }) => (isGood ? [] : [step])));
}
console.log(failed.length ? `\nFailed: ${failed.join(', ')}` : '\nAll checks passed.');
process.exitCode = failed.length ? 1 : 0;
