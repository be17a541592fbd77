import type { Command } from '../command.ts';
import { EXIT } from '../context.ts';
import { statusText } from '../text/statusText.ts';

export const status: Command = {
  name: 'status',
  summary: 'The agent, its queue, its last batches, and Bills by status',
  args: [],
  flags: {},
  about: `Asks the running agent, where there is one; otherwise reads the agent's memory (STORE_URL). It needs no connection to
m3ter or Salesforce.`,
  examples: ['status', 'status --json'],
  async run(_given, tools) {
    tools.show(await tools.call('status', {}), statusText);
    return EXIT.good;
  },
};
