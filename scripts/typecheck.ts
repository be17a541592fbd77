/** Type-checks every TypeScript project of the repository, two at a time, and fails when any of them does. */
import { execFile } from 'node:child_process';

const PROJECTS = [
  'force-app/main/default/lwc/tsconfig.json',
  'config/tsconfig.tests.json',
  'agent/tsconfig.json',
  'sandbox/tsconfig.json',
  'sandbox/workbench/browser/tsconfig.json',
  'scripts/tsconfig.json',
  'e2e/tsconfig.json',
  'bench/tsconfig.json',
];

const check = (project: string): Promise<boolean> =>
  new Promise((resolve) => {
    execFile('tsc', ['-p', project, '--noEmit'], (error, stdout) => {
      console.log(`${error ? 'FAILED' : 'ok    '} ${project}`);
      if (error) console.log(stdout);
      resolve(error === null);
    });
  });

const waiting = [...PROJECTS];
const lane = async (): Promise<boolean> => {
  let good = true;
  for (let project = waiting.shift(); project; project = waiting.shift()) good = (await check(project)) && good;
  return good;
};
const results = await Promise.all([lane(), lane()]);
process.exitCode = results.every(Boolean) ? 0 : 1;
