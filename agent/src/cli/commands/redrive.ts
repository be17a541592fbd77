import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { plural } from '../text/table.ts';
import { ORG_FLAG } from './shared.ts';

export const redrive: Command = {
  name: 'redrive',
  summary: 'Queue again the Bills whose tries were all spent',
  args: [],
  flags: { org: ORG_FLAG },
  about: `Bills that could not be sent for passing reasons, again and again, are put aside as dead letters. This queues them
again; a running agent sends them, else the next sync.`,
  examples: ['redrive'],
  async run(given, tools) {
    const output = await tools.call('redrive', only({ org: given.flag('org') }));
    tools.show(output, ({ redriven }) => `${plural(redriven, 'Bill')} queued again.`);
    return EXIT.good;
  },
};
