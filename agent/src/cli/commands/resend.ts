import { type Command, given as only } from '../command.ts';
import { EXIT } from '../context.ts';
import { billResultsText, haveFailed } from '../text/syncText.ts';
import { choice, INTEGRATION_FLAG, ORG_FLAG } from './shared.ts';

export const resend: Command = {
  name: 'resend',
  summary: 'Send one Bill again, even when nothing changed',
  args: [{ name: 'BILL', says: 'By m3ter id, reference such as INV-1001, or record id' }],
  flags: { integration: INTEGRATION_FLAG, org: ORG_FLAG },
  about: `Reads the Bill from m3ter, takes it through the rules, and writes it with all its Line Items again, so that Salesforce
holds it as m3ter has it. Rules still apply: a Bill that they hold back is not sent, and the answer says which rule.`,
  examples: ['resend INV-1001', 'resend 5f0c1a52-9f0a-4d0e-8a7e-2f3b4c5d6e7f --integration "All Bills"'],
  async run(given, tools) {
    const output = await tools.call('resend', { bill: given.word('BILL'), ...only(choice(given)) });
    tools.show(output, ({ results }) => billResultsText(results));
    return haveFailed(output.results) ? EXIT.failed : EXIT.good;
  },
};

export const replay: Command = {
  name: 'replay',
  summary: 'Send the Bills of a Run again',
  args: [{ name: 'RUN', says: 'By name such as RUN-000042, record id or key' }],
  flags: { org: ORG_FLAG },
  about: `Makes a new Run with the same Bills as they are in m3ter now; for the Run of one Bill with that Bill. The new Run names
the old one.`,
  examples: ['replay RUN-000042'],
  async run(given, tools) {
    const output = await tools.call('replay', { run: given.word('RUN'), ...only({ org: given.flag('org') }) });
    tools.show(output, ({ results }) => billResultsText(results));
    return haveFailed(output.results) ? EXIT.failed : EXIT.good;
  },
};
