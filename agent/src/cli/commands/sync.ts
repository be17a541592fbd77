import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { isGood, syncText } from '../text/syncText.ts';
import { choice, INTEGRATION_FLAG, ORG_FLAG } from './shared.ts';

export const sync: Command = {
  name: 'sync',
  summary: "Look at every Bill now, send what the integrations' rules allow, report, end",
  args: [],
  flags: {
    once: { says: 'In this process, even where an agent could be asked: for jobs and containers that run it alone' },
    integration: INTEGRATION_FLAG,
    org: ORG_FLAG,
  },
  about: `Looks at every Bill in m3ter for each integration that is ready, sends those that are new or changed and that the
rules let through, tries again what failed before, and waits for the end. Sending again changes nothing.

Where an agent is running on the same store the work is done there; otherwise in this process.`,
  examples: ['sync', 'sync --integration "All Bills"', 'sync --once --json'],
  async run(given, tools) {
    const input = only(choice(given));
    const result = await tools.call('sync', input, given.isSet('once') ? 'here' : undefined);
    tools.show(result, syncText);
    return isGood(result) ? EXIT.good : EXIT.failed;
  },
};
