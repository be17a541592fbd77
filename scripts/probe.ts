/**
 * `npm run probe:org -- --target-org ALIAS [--write]`: asks an org whether it does what docs/fidelity.md says the local
 * org does. Ends with 1 where it differs.
 */
import { parseArgs } from 'node:util';
import { signIn } from './org/signIn.ts';
import { ProbeOrg } from './probe/org.ts';
import { isGreen, report, runChecks } from './probe/runChecks.ts';

const USAGE = `Usage: npm run probe:org -- --target-org ALIAS [--write]

  --target-org ALIAS  an org that "sf" is signed in to, by alias or username
  --write             also makes Accounts, Bills and jobs for checks, and deletes them; never in production

Docs: docs/fidelity.md names each check.`;

class UsageError extends Error {}

function readOptions(args: string[]): { alias: string; mayWrite: boolean } {
  const options = { 'target-org': { type: 'string' }, write: { type: 'boolean', default: false } } as const;
  try {
    const { values } = parseArgs({ args, options });
    if (!values['target-org']) throw new UsageError('--target-org says which org to ask.');
    return { alias: values['target-org'], mayWrite: values.write };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

try {
  const { alias, mayWrite } = readOptions(process.argv.slice(2));
  const findings = await runChecks(await ProbeOrg.open(await signIn(alias)), { mayWrite });
  console.log(report(findings));
  process.exitCode = isGreen(findings) ? 0 : 1;
} catch (error) {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? `${error.message}\n\n${USAGE}` : (error as Error).message);
  process.exitCode = isUsage ? 2 : 1;
}
