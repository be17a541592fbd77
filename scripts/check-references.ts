/**
 * Checks that everything that the package's metadata and components name exists, and that nothing is unused.
 *
 * Usage: node scripts/check-references.ts [project folder]
 */
import { checkReferences } from './checks/index.ts';
import { readSource } from './metadata/source.ts';

const source = readSource(process.argv[2]);
const problems = checkReferences(source);
if (problems.length > 0) console.log(problems.join('\n'));
console.log(
  `${source.metadata.length} metadata files, ${source.code.length} files of components, ${problems.length} problems`,
);
process.exitCode = source.metadata.length === 0 || problems.length > 0 ? 1 : 0;
