/**
 * Puts what goes to an org into dist/source (an SFDX project without TypeScript) and dist/mdapi (the form of the
 * Metadata API). Needs neither the Salesforce CLI nor an org.
 */
import path from 'node:path';
import { convertSource } from './metadata/convert.ts';
import { ROOT } from './metadata/source.ts';
import { stageProject } from './metadata/stage.ts';

const staged = path.join(ROOT, 'dist/source');
stageProject(staged);
const count = await convertSource(path.join(staged, 'force-app'), path.join(ROOT, 'dist/mdapi'));
console.log(`dist/source and dist/mdapi hold ${count} components`);
