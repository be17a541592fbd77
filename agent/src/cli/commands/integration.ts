import { type Argument, type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { integrationsText, integrationText, testText } from '../text/integrationText.ts';
import { UsageError } from '../usageError.ts';
import { ORG_FLAG } from './shared.ts';

const NAME: Argument = { name: 'NAME', says: 'The integration, by name or record id' };

export const integrationList: Command = {
  name: 'integration list',
  summary: 'Every integration of every org',
  args: [],
  flags: { org: ORG_FLAG },
  about: 'Reads the Integration Configurations from every org for which there is a credential.',
  examples: ['integration list', 'integration list --json'],
  async run(given, tools) {
    tools.show(await tools.call('integrations', only({ org: given.flag('org') })), integrationsText);
    return EXIT.good;
  },
};

export const integrationShow: Command = {
  name: 'integration show',
  summary: 'One integration with its rules',
  args: [NAME],
  flags: { org: ORG_FLAG },
  about: 'Shows the rules, the connection and the errors of an integration. The rules are changed in Salesforce.',
  examples: ['integration show "All Bills"'],
  async run(given, tools) {
    const output = await tools.call('integration', target(given.word('NAME'), given.flag('org')));
    tools.show(output, ({ integration }, now) => integrationText(integration, now));
    return EXIT.good;
  },
};

export const integrationEnable: Command = {
  name: 'integration enable',
  summary: 'Test the connection, enable the integration, reset its error count',
  args: [NAME],
  flags: { org: ORG_FLAG },
  about: `Signs in with the integration's credential first; when that fails, the integration stays disabled. Then the count of
successive errors begins anew and a running agent sends what waited.`,
  examples: ['integration enable "All Bills"'],
  async run(given, tools) {
    const output = await tools.call('enable', target(given.word('NAME'), given.flag('org')));
    tools.show(output, ({ integration, test }, now) => `${testText(test)}\n${integrationText(integration, now)}`);
    return EXIT.good;
  },
};

export const integrationDisable: Command = {
  name: 'integration disable',
  summary: 'Disable the integration: no more calls are made for it',
  args: [NAME],
  flags: { org: ORG_FLAG, reason: { value: 'TEXT', says: 'Why, for those who find it disabled' } },
  about: 'Bills that were queued for it end with status DISABLED. Enabling it sends what changed meanwhile.',
  examples: ['integration disable "All Bills" --reason "The year is being closed"'],
  async run(given, tools) {
    const input = { ...target(given.word('NAME'), given.flag('org')), ...only({ reason: given.flag('reason') }) };
    tools.show(await tools.call('disable', input), ({ integration }, now) => integrationText(integration, now));
    return EXIT.good;
  },
};

export const integrationConnect: Command = {
  name: 'integration connect',
  summary: 'Give the integration a credential and pin it to the org',
  args: [NAME],
  flags: {
    credential: { value: 'CREDENTIAL', says: 'Required: the credential, see: m3ter-bills credential list' },
    org: ORG_FLAG,
  },
  about: `Signs in with the credential, and on success sets it for the integration and pins the integration to the org that
answered. It also moves an integration that was pinned to another org, such as one that a sandbox was cloned from.`,
  examples: ['integration connect "All Bills" --credential production'],
  async run(given, tools) {
    const credential = given.flag('credential');
    if (credential === undefined) {
      throw new UsageError('integration connect needs --credential.', 'm3ter-bills help integration connect');
    }
    const input = { ...target(given.word('NAME'), given.flag('org')), credential };
    const output = await tools.call('connect', input);
    tools.show(output, ({ integration, test }, now) => `${testText(test)}\n${integrationText(integration, now)}`);
    return EXIT.good;
  },
};

export const integrationDisconnect: Command = {
  name: 'integration disconnect',
  summary: 'Take the credential from the integration',
  args: [NAME],
  flags: { org: ORG_FLAG },
  about:
    'The agent makes no more calls for the integration until it is connected again. The credential itself is kept.',
  examples: ['integration disconnect "All Bills"'],
  async run(given, tools) {
    const output = await tools.call('disconnect', target(given.word('NAME'), given.flag('org')));
    tools.show(output, ({ integration }, now) => integrationText(integration, now));
    return EXIT.good;
  },
};

function target(integration: string, org: string | undefined) {
  return { integration, ...only({ org }) };
}
