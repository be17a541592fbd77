import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { numberOf } from '../parse.ts';
import { dryRunText } from '../text/syncText.ts';
import { choice, INTEGRATION_FLAG, LIMIT_FLAG, ORG_FLAG } from './shared.ts';

export const dryRun: Command = {
  name: 'dry-run',
  summary: 'Show what a sync would do; writes nothing',
  args: [],
  flags: { integration: INTEGRATION_FLAG, org: ORG_FLAG, limit: LIMIT_FLAG },
  about: `Takes every Bill through the rules and the matching of Accounts as a sync does, and counts what would be sent, skipped,
waiting and refused. Nothing is written: not to Salesforce, not to m3ter, not to the agent's memory. An integration that
is named is looked at though it is not enabled yet.`,
  examples: ['dry-run', 'dry-run --integration "All Bills" --limit 200'],
  async run(given, tools) {
    const limit = numberOf(given, 'limit', 'dry-run');
    const result = await tools.call('dryRun', only({ ...choice(given), limit }));
    tools.show(result, dryRunText);
    return EXIT.good;
  },
};
