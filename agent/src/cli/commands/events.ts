import { EVENT_NAMES } from '../../rules/records.ts';
import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { numberOf, oneOf } from '../parse.ts';
import { eventsText } from '../text/historyText.ts';
import { choice, INTEGRATION_FLAG, LIMIT_FLAG, ORG_FLAG, SINCE_FLAG } from './shared.ts';

export const events: Command = {
  name: 'events',
  summary: 'Errors to act on, each with cause and remedy, newest first',
  args: [],
  flags: {
    integration: INTEGRATION_FLAG,
    org: ORG_FLAG,
    name: { value: 'NAME', says: 'Only Events of this name, such as integration.perform.error' },
    actioned: { says: 'Those that somebody acted on already' },
    all: { says: 'Both' },
    since: SINCE_FLAG,
    limit: LIMIT_FLAG,
  },
  about:
    'Reads the Integration Events from Salesforce. Mark those you have dealt with: m3ter-bills events action EVENT',
  examples: ['events', 'events --all --name integration.perform.error', 'events --since 2026-11-22 --json'],
  async run(given, tools) {
    const actioned = given.isSet('all') ? 'all' : given.isSet('actioned') ? 'actioned' : 'open';
    const filter = {
      ...choice(given),
      eventName: oneOf(given, 'name', EVENT_NAMES, 'events'),
      since: given.flag('since'),
      limit: numberOf(given, 'limit', 'events'),
    };
    const found = await tools.call('events', { ...only(filter), actioned });
    tools.show(found, (output, now) => eventsText(output.events, now));
    return EXIT.good;
  },
};

export const eventsAction: Command = {
  name: 'events action',
  summary: 'Mark Events as acted on',
  args: [{ name: 'EVENT', says: 'Names such as EVT-000042, or record ids', isMany: true }],
  flags: { org: ORG_FLAG },
  about: 'Sets the flag Actioned of the Events in Salesforce. It sends nothing again: m3ter-bills help resend',
  examples: ['events action EVT-000042', 'events action EVT-000042 EVT-000043'],
  async run(given, tools) {
    const input = only({ events: [...given.words('EVENT')], org: given.flag('org') });
    tools.show(await tools.call('actionEvents', input), (output, now) => eventsText(output.events, now));
    return EXIT.good;
  },
};
