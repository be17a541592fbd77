/** `npm run package:version`: creates, verifies and promotes a version of the package. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './metadata/source.ts';
import { stageProject } from './metadata/stage.ts';
import { readVersionOptions, UsageError } from './org/options.ts';
import { defaultPackage, takeAliases } from './org/project.ts';
import type { Project } from './org/project.ts';
import { runSteps } from './org/runSteps.ts';
import { createVersionSteps, promoteVersionSteps, verifyVersionSteps } from './org/steps.ts';

const STAGED = path.join(ROOT, 'dist/source');
const PROJECT_FILE = 'sfdx-project.json';

const readProject = (folder: string): Project =>
  JSON.parse(readFileSync(path.join(folder, PROJECT_FILE), 'utf8')) as Project;

try {
  const options = readVersionOptions(process.argv.slice(2));
  const project = readProject(ROOT);
  const given = { ...options, namespace: project.namespace };
  stageProject(STAGED);
  const steps =
    given.action === 'create'
      ? createVersionSteps({ ...given, package: defaultPackage(project) })
      : given.action === 'verify'
        ? verifyVersionSteps(given)
        : promoteVersionSteps(given);
  process.exitCode = runSteps(steps, { cwd: STAGED, dryRun: options.dryRun, log: (line) => console.log(line) });
  // The CLI notes a new version beside which it ran; the repository keeps it.
  const noted = takeAliases(project, readProject(STAGED));
  if (noted) writeFileSync(path.join(ROOT, PROJECT_FILE), `${JSON.stringify(noted, null, 2)}\n`);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
