import { ConfigurationError } from '../../config/load.ts';
import { checkConfiguration } from '../../operations/configCheck.ts';
import type { Operations } from '../../operations/operations.ts';
import type { Command, Tools } from '../command.ts';
import { runningAgent } from '../connect.ts';
import { EXIT } from '../context.ts';
import { configText } from '../text/checkText.ts';

export const configCheck: Command = {
  name: 'config check',
  summary: 'Show the settings in force, where each comes from, and what is wrong',
  args: [],
  flags: {
    here: { says: 'Those of this command even where an agent runs: to check a change before it is started anew' },
  },
  about: `Where an agent is running on the same store the settings are those that it was started with; else those of this
command, from its environment and its file. Connects to nothing but that agent. Secrets only show that they are set.`,
  examples: ['config check', 'config check --here --config settings.json'],
  async run(given, tools) {
    const { context, config } = tools;
    const agent = given.isSet('here') ? undefined : await agentOf(tools);
    const output = agent ? await agent.configCheck({}) : checkConfiguration(context.env, config, false);
    tools.show(output, configText);
    return output.isGood ? EXIT.good : EXIT.usage;
  },
};

/** The running agent. Settings that do not tell its store are shown like others that are wrong. */
async function agentOf({ context, config }: Tools): Promise<Operations | undefined> {
  try {
    return await runningAgent(context, config);
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}
