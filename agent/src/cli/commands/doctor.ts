import type { Command } from '../command.ts';
import { EXIT } from '../context.ts';
import { diagnose } from '../local.ts';
import { doctorText } from '../text/checkText.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'Check everything the agent needs, with a fix for each finding',
  args: [],
  flags: {},
  about: `Checks Node, settings, store, vault, m3ter and its permissions, and of each org the connection, pinned id, package,
permission set, API allowance, clock and time zone; then webhook and notifications. Writes nothing. Exit code 1 when a
check fails; warnings alone leave it at 0.`,
  examples: ['doctor', 'doctor --json'],
  async run(_given, tools) {
    const output = await diagnose(tools);
    tools.show(output, doctorText);
    return output.isGood ? EXIT.good : EXIT.failed;
  },
};
