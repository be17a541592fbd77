import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { numberOf } from '../parse.ts';
import { filterText } from '../text/filterText.ts';
import { UsageError } from '../usageError.ts';
import { INTEGRATION_FLAG, LIMIT_FLAG, ORG_FLAG } from './shared.ts';

export const filterTest: Command = {
  name: 'filter test',
  summary: 'Show which m3ter Accounts an account filter lets through, and why',
  args: [{ name: 'FILTER', says: 'The filter; leave it out to take that of --integration', isOptional: true }],
  flags: {
    integration: { ...INTEGRATION_FLAG, says: 'Take the filter and the Account lists of this integration' },
    org: ORG_FLAG,
    account: { value: 'ACCOUNT', says: 'Say for this m3ter Account, by id or code, whether and why' },
    limit: LIMIT_FLAG,
  },
  about: 'Reads all Accounts from m3ter and evaluates the filter for each. Changes nothing.',
  examples: [
    `filter test "customFields.region == 'UK'"`,
    'filter test --integration "All Bills" --account acme-ltd',
    `filter test "currency == 'EUR'" --limit 200 --json`,
  ],
  async run(given, tools) {
    const [filter] = given.words('FILTER');
    const integration = given.flag('integration');
    if (filter === undefined && integration === undefined) {
      throw new UsageError('filter test needs FILTER or --integration.', 'm3ter-bills help filter test');
    }
    const more = {
      org: given.flag('org'),
      account: given.flag('account'),
      limit: numberOf(given, 'limit', 'filter test'),
    };
    tools.show(await tools.call('testFilter', only({ filter, integration, ...more })), filterText);
    return EXIT.good;
  },
};
