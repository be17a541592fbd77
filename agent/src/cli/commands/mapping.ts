import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { numberOf } from '../parse.ts';
import { suggestionsText } from '../text/suggestionsText.ts';
import { INTEGRATION_FLAG, LIMIT_FLAG, ORG_FLAG } from './shared.ts';

export const mappingCreate: Command = {
  name: 'mapping create',
  summary: 'Map a m3ter Account to a Salesforce Account, in m3ter',
  args: [
    { name: 'M3TER_ACCOUNT', says: 'The id of the m3ter Account' },
    { name: 'ACCOUNT', says: 'The Salesforce Account, by record id or Account number' },
  ],
  flags: {
    integration: { ...INTEGRATION_FLAG, says: 'Tie the mapping to this integration; without, it serves every one' },
    org: ORG_FLAG,
  },
  about: `Checks that both Accounts exist and that the m3ter Account has no mapping yet, writes the External Mapping to m3ter, and
lets a running agent send the Bills that waited for it.`,
  examples: ['mapping create 5f0c1a52-9f0a-4d0e-8a7e-2f3b4c5d6e7f 001000000000001AAA'],
  async run(given, tools) {
    const output = await tools.call('createExternalMapping', {
      m3terAccountId: given.word('M3TER_ACCOUNT'),
      externalId: given.word('ACCOUNT'),
      ...only({ integration: given.flag('integration'), org: given.flag('org') }),
    });
    tools.show(
      output,
      ({ id, m3terAccountId, externalId }) =>
        `External Mapping ${id}: ${m3terAccountId} is ${externalId} in Salesforce.`,
    );
    return EXIT.good;
  },
};

export const mappingSuggest: Command = {
  name: 'mapping suggest',
  summary: 'Show which Salesforce Accounts fit the m3ter Accounts whose Bills have none',
  args: [],
  flags: { org: ORG_FLAG, limit: LIMIT_FLAG },
  about: `Looks for Accounts without m3ter Account Id whose Account number is the code of the m3ter Account, or whose name is the
same but for the legal form. Changes nothing: enter the m3ter Account Id on the Account that is right.`,
  examples: ['mapping suggest', 'mapping suggest --org production --limit 200'],
  async run(given, tools) {
    const limit = numberOf(given, 'limit', 'mapping suggest');
    tools.show(await tools.call('suggestAccounts', only({ org: given.flag('org'), limit })), suggestionsText);
    return EXIT.good;
  },
};
