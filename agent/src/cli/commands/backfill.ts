import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { backfillText } from '../text/backfillText.ts';
import { UsageError } from '../usageError.ts';
import { choice, INTEGRATION_FLAG, ORG_FLAG } from './shared.ts';

export const backfill: Command = {
  name: 'backfill',
  summary: 'Send the Bills of a range of bill dates, by bulk jobs where they are many',
  args: [],
  flags: {
    from: { value: 'DATE', says: 'The first bill date, YYYY-MM-DD' },
    to: { value: 'DATE', says: 'The last bill date' },
    integration: { ...INTEGRATION_FLAG, says: 'By name or record id; needed where several are enabled' },
    org: ORG_FLAG,
    preview: { says: 'Only tell how many Bills, calls and minutes it would take' },
    composite: { says: 'No bulk jobs, however many Bills' },
    pause: { says: 'Have a backfill that runs stop after what is under way' },
  },
  about: `Sends the Bills of the range that are new or changed and that the rules of the integration let through. From 20,000
records on they go by Salesforce's Bulk API 2.0: such Bills say Writing until header and all Line Items are there, and
count as complete only then. Rows that a bulk job refuses are sent again one by one. Where the org allows no bulk jobs,
composite calls are used.

It may be stopped or killed at any moment: the same command goes on with what is left. Where an agent runs on the same
store the work is done there.`,
  examples: [
    'backfill --from 2026-01-01 --to 2026-03-31 --preview',
    'backfill --from 2026-01-01 --to 2026-03-31',
    'backfill --pause',
  ],
  async run(given, tools) {
    const chosen = only(choice(given));
    if (given.isSet('pause')) {
      const paused = await tools.call('pauseBackfill', chosen);
      tools.show(paused, ({ integration, wasRunning }) =>
        wasRunning
          ? `The backfill of ${integration} stops soon. The same command goes on.`
          : `No backfill of ${integration} is unfinished.`,
      );
      return EXIT.good;
    }
    const [from, to] = [given.flag('from'), given.flag('to')];
    if (from === undefined || to === undefined) {
      throw new UsageError('Give the range: --from DATE --to DATE.', 'm3ter-bills help backfill');
    }
    const result = await tools.call('backfill', {
      ...chosen,
      ...{ from, to },
      ...(given.isSet('preview') ? { preview: true } : {}),
      ...(given.isSet('composite') ? { way: 'composite' as const } : {}),
    });
    tools.show(result, backfillText);
    const hasFailed = Object.keys(result.report?.failed ?? {}).length > 0;
    return result.isComplete && !hasFailed ? EXIT.good : EXIT.failed;
  },
};
