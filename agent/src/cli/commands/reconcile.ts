import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { isGood, syncText } from '../text/syncText.ts';
import { choice, INTEGRATION_FLAG, ORG_FLAG } from './shared.ts';

export const reconcile: Command = {
  name: 'reconcile',
  summary: 'Compare all Bills of m3ter with Salesforce, and mark those that m3ter deleted',
  args: [],
  flags: { integration: INTEGRATION_FLAG, org: ORG_FLAG },
  about: `Does now what a running agent does by itself every night: looks at every Bill, sends what is not in Salesforce as the
rules want it, and marks Bills that m3ter does not have any more.`,
  examples: ['reconcile', 'reconcile --integration "All Bills"'],
  async run(given, tools) {
    const result = await tools.call('reconcile', only(choice(given)));
    tools.show(result, syncText);
    return isGood(result) ? EXIT.good : EXIT.failed;
  },
};
