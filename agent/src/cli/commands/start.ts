import type { Command } from '../command.ts';
import { EXIT } from '../context.ts';
import { serve } from '../serve.ts';

export const start: Command = {
  name: 'start',
  summary: 'Run the agent until it is told to stop (Ctrl-C or SIGTERM)',
  args: [],
  flags: {},
  about: `Sends Bills as m3ter reports changes, once an hour for integrations on a schedule, and compares everything once a day;
carries out the requests that people make in Salesforce; serves webhook, health, metrics and the Integrations API on
HTTP_HOST and HTTP_PORT. Told to stop, it ends within 10 seconds; what was under way is taken up at the next start.

Only one agent can use a pglite store; several can share a PostgreSQL store. Logs are JSON lines on stderr.
SIGTERM must reach this process: run the program itself, not through npx or npm.`,
  examples: ['start', 'start --config settings.json'],
  hasNoResult: true,
  async run(_given, tools) {
    await serve(tools);
    return EXIT.good;
  },
};
