import Type, { type Static } from 'typebox';
import { groupByCause } from './evidence.ts';

/** An integration was disabled because of errors: who is to know, and what. JSON, as the outbox keeps it. */
export const DisabledNotice = Type.Object({
  kind: Type.Literal('disabled'),
  orgId: Type.String(),
  integrationId: Type.String(),
  integrationName: Type.String(),
  /** The integration's page in Salesforce. */
  recordUrl: Type.String(),
  /** ISO 8601, UTC. */
  disabledAt: Type.String(),
  /** A sentence. */
  reason: Type.String(),
  /** The last errors, oldest first: a line for each. */
  errors: Type.Array(Type.String()),
  /** Salesforce User ids. */
  userIds: Type.Array(Type.String()),
});
export type DisabledNotice = Static<typeof DisabledNotice>;

export interface Mail {
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
}

/** The mail that tells people that an integration was disabled, why, and what to do. */
export function disabledMail(notice: DisabledNotice): Mail {
  const { integrationName: name, recordUrl } = notice;
  const causes = groupByCause(notice.errors).map(({ count, example }) => `  ${count} x ${oneLine(example)}`);
  const body = [
    `The integration "${oneLine(name)}" was disabled on ${timeText(notice.disabledAt)}: ${oneLine(notice.reason)}`,
    'No Bills are sent to Salesforce for it until somebody enables it again. Nothing is lost: what changes meanwhile is ' +
      'sent then.',
    ...(causes.length > 0 ? [['What went wrong', ...causes].join('\n')] : []),
    [
      'What to do',
      '  1. Remove the causes. The Events on the page of the integration name each Bill and its remedy.',
      '  2. Enable the integration on that page, or: m3ter-bills integration enable NAME',
      '     The connection is tested first. Then the Bills that failed are tried again.',
    ].join('\n'),
    `Integration: ${recordUrl}\nSalesforce org: ${notice.orgId}`,
    'You get this mail because the integration names you under "Users to notify when disabled".',
  ].join('\n\n');
  return { subject: `m3ter Bills: the integration "${oneLine(name)}" was disabled`, body };
}

function timeText(iso: string): string {
  return `${iso.slice(0, 10)} at ${iso.slice(11, 16)} UTC`;
}

/** Names and errors come from outside: a line end in them would look like text of ours, or like a header. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
