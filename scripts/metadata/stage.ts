/** Puts together what goes to an org: the sources with the components' JavaScript in place of their TypeScript. */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT, SOURCE_FOLDERS } from './source.ts';

const PROJECT_FILES = ['sfdx-project.json', '.forceignore'];

/**
 * Makes an SFDX project below `folder`, which is replaced: source folders, project file and definitions of orgs. The
 * working tree stays free of generated files. Throws with the compiler's words when a component does not compile.
 */
export function stageProject(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const definitions = globSync('config/*-scratch-def.json', { cwd: ROOT });
  for (const name of [...PROJECT_FILES, ...definitions, ...SOURCE_FOLDERS]) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true, filter: goesAlong });
  }
  const components = path.join(ROOT, 'force-app/main/default/lwc/tsconfig.json');
  const compiled = spawnSync('tsc', ['-p', components, '--outDir', folder], { cwd: ROOT, encoding: 'utf8' });
  if (compiled.error) throw compiled.error;
  if (compiled.status !== 0) throw new Error(`The components do not compile. Correct them:\n${compiled.stdout}`);
}

/** Everything but tests, TypeScript and what an earlier compiler run left beside it. */
function goesAlong(file: string): boolean {
  const name = path.basename(file);
  const isCode = /\.(ts|js)$/.test(name) || /^tsconfig.*\.json$/.test(name);
  return name !== '__tests__' && !isCode;
}
