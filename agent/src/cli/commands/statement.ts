import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { UsageError } from '../usageError.ts';
import { ORG_FLAG } from './shared.ts';

export const statement: Command = {
  name: 'statement',
  summary: 'Print a fresh address of the statement that m3ter has made of a Bill',
  args: [{ name: 'BILL', says: 'By m3ter id, reference such as INV-1001, or record id' }],
  flags: {
    format: { value: 'FORMAT', says: 'csv or json; without, CSV where there is one' },
    org: ORG_FLAG,
  },
  about: `Asks m3ter for the address. It works without a token for a short time: whoever has it can read the statement.`,
  examples: ['statement INV-1001', 'statement INV-1001 --format json'],
  async run(given, tools) {
    const format = given.flag('format');
    if (format !== undefined && format !== 'csv' && format !== 'json') {
      throw new UsageError(
        `There is no statement in the format ${format}. Say csv or json.`,
        'm3ter-bills help statement',
      );
    }
    const bill = given.word('BILL');
    const output = await tools.call('statement', only({ bill, format, org: given.flag('org') }));
    tools.show(output, ({ address }) => address);
    return EXIT.good;
  },
};
