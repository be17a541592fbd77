import { RUN_STATUSES, RUN_TRIGGERS } from '../../rules/records.ts';
import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { numberOf, oneOf } from '../parse.ts';
import { runsText, runText } from '../text/historyText.ts';
import { choice, INTEGRATION_FLAG, LIMIT_FLAG, ORG_FLAG, SINCE_FLAG } from './shared.ts';

export const runs: Command = {
  name: 'runs',
  summary: 'Runs, newest first; or one Run with its Bills and Events',
  args: [{ name: 'RUN', says: 'One Run, by name such as RUN-000042, record id or key', isOptional: true }],
  flags: {
    integration: INTEGRATION_FLAG,
    org: ORG_FLAG,
    status: { value: 'STATUS', says: 'Only Runs with this status, such as ERROR or COMPLETE' },
    trigger: { value: 'TRIGGER', says: 'Only EVENT, SCHEDULE, MANUAL or RECONCILE' },
    bill: { value: 'BILL', says: 'The Runs of this Bill, by m3ter id, reference or record id' },
    since: SINCE_FLAG,
    limit: LIMIT_FLAG,
  },
  about: 'Reads the Runs from Salesforce. With RUN it shows that Run, the Runs of its Bills, and its Events.',
  examples: ['runs', 'runs --status ERROR --since 2026-11-22', 'runs RUN-000042'],
  async run(given, tools) {
    const limit = numberOf(given, 'limit', 'runs');
    const [run] = given.words('RUN');
    if (run !== undefined) {
      tools.show(await tools.call('run', only({ run, org: given.flag('org'), limit })), runText);
      return EXIT.good;
    }
    const status = oneOf(given, 'status', RUN_STATUSES, 'runs');
    const trigger = oneOf(given, 'trigger', RUN_TRIGGERS, 'runs');
    const filter = { ...choice(given), status, trigger, bill: given.flag('bill'), since: given.flag('since'), limit };
    tools.show(await tools.call('runs', only(filter)), (found, now) => runsText(found.runs, now));
    return EXIT.good;
  },
};
