import { ERROR_SOURCES, type ErrorClass, type ErrorEntry } from '../errorCatalogue.ts';

const CLASSES: Readonly<Record<ErrorClass, string>> = {
  transient: 'Passes by itself. The agent tries again; it counts as an error only when its tries are spent.',
  auth: 'A credential or session is refused. The agent stops for that org, or for m3ter, and looks again later.',
  limit: 'An allowance is used up. The agent waits and goes on by itself; nothing is lost.',
  superseded: 'Salesforce holds something newer. Nothing is wrong.',
  badData: 'This one cannot go through until data, mapping or metadata change. Others go on.',
  periodClosed: 'A rule of your own refuses the Bill; its Run gets the status ACCOUNTING_PERIOD_CLOSED.',
  alreadyPaid: 'A rule of your own refuses the Bill; its Run gets the status INVOICE_ALREADY_PAID.',
  setup: 'Nothing of the kind works until a person changes something.',
  derived: 'Follows from another error in the same call.',
  usage: 'The question was wrong; nothing was done.',
};

/** The page docs/errors.md. */
export function errorsPage(): string {
  const parts = [
    '# Error catalogue',
    'Every error code that the agent writes into Salesforce (fields _Error Code_ of Runs and requests, messages of ' +
      'Events) or shows (`--json`, logs). A code that is not here is one of Salesforce, of Node.js or of the operating ' +
      'system that the agent passes on; it counts as class badData. This page is made of the catalogue in ' +
      '`agent/src/errorCatalogue.ts` by `node scripts/errors-page.ts`.',
    '## Classes',
    Object.entries(CLASSES)
      .map(([name, says]) => `- **${name}**: ${says}`)
      .join('\n'),
    '## Rules of your own',
    'A validation rule on Bill whose error message begins with `ACCOUNTING_PERIOD_CLOSED` or `INVOICE_ALREADY_PAID` ' +
      'tells the agent why the org refuses a Bill for good. The Run gets the status of that name, as it would from an ' +
      'accounting system. Every other message is shown as it is, with the code `FIELD_CUSTOM_VALIDATION_EXCEPTION`.',
    ...Object.entries(ERROR_SOURCES).flatMap(([source, entries]) => [
      `## ${source}`,
      ...sorted(entries).map(entryText),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sorted(entries: readonly ErrorEntry[]): ErrorEntry[] {
  return [...entries].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function entryText({ code, errorClass, meaning, cause, remedy }: ErrorEntry): string {
  const lines = [`- Class: ${errorClass}`, `- Meaning: ${meaning}`, `- Cause: ${cause}`, `- Remedy: ${remedy}`];
  return `### ${code}\n\n${lines.join('\n')}`;
}
