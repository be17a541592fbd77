import type { Call, Given, Tools } from './command.ts';
import { connect, type Connected } from './connect.ts';
import type { CommandContext } from './context.ts';
import { openLocal } from './local.ts';
import { ProgressLine } from './progress.ts';

/** The tools of one command; what they open is closed in the end. */
export function openTools(given: Given, context: CommandContext): Tools & { close(): Promise<void> } {
  const json = given.isSet('json');
  const config = given.flag('config');
  let connected: Promise<Connected> | undefined;
  const call: Call = async (name, input, place) => {
    connected ??= place === 'here' ? openLocal(context, config) : connect(context, config);
    const { operations } = await connected;
    const line = new ProgressLine(context.terminal, context.now);
    try {
      const caller = { onProgress: line.show.bind(line), signal: context.signal };
      return await operations[name](input, caller);
    } finally {
      line.clear();
    }
  };
  return {
    context,
    json,
    config,
    call,
    show: (output, render) => context.print(json ? JSON.stringify(output) : render(output, context.now())),
    close: async () => (await connected?.catch(() => undefined))?.close(),
  };
}
