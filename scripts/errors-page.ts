/** Writes docs/errors.md from the agent's catalogue of error codes. */
import { writeFileSync } from 'node:fs';
import { errorsPage } from '../agent/src/catalogue/errorsPage.ts';

writeFileSync(new URL('../docs/errors.md', import.meta.url), errorsPage());
