import { checkConfiguration } from '../../operations/configCheck.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../context.ts';
import { configText } from '../text/checkText.ts';

export const configCheck: Command = {
  name: 'config check',
  summary: 'Show the settings in force, where each comes from, and what is wrong',
  args: [],
  flags: {},
  about: 'Reads the environment and the file of settings; connects to nothing. Secrets only show that they are set.',
  examples: ['config check', 'config check --config settings.json'],
  run(_given, tools) {
    const output = checkConfiguration(tools.context.env, tools.config);
    tools.show(output, configText);
    return Promise.resolve(output.isGood ? EXIT.good : EXIT.usage);
  },
};
