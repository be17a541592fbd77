/** Writes docs/permissions.md from the permission sets of the package. */
import { writeFileSync } from 'node:fs';
import { MATRIX_FILE, permissionMatrix } from './metadata/permissionMatrix.ts';
import { readSource } from './metadata/source.ts';

writeFileSync(MATRIX_FILE, await permissionMatrix(readSource()));
