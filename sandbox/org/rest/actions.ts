import type { Org, OrgUser } from '../model.ts';
import { keepEmail } from './emails.ts';
import type { ApiCall, ApiResponse } from './message.ts';
import { objectBody, objectList } from './message.ts';
import type { Routes } from './router.ts';

/**
 * The one standard action of the local org: sending an e-mail.
 * Source: Salesforce, "REST API Developer Guide", Invocable Actions; "Actions Developer Guide", Simple Email Actions.
 */
export const actionRoutes: Routes = {
  'GET actions': ({ request }) => ({
    status: 200,
    body: { standard: `/services/data/v${request.version}/actions/standard` },
  }),
  'GET actions/standard': ({ request }) => ({
    status: 200,
    body: {
      actions: [
        {
          label: 'Send Email',
          name: 'emailSimple',
          type: 'EMAILSIMPLE',
          url: `/services/data/v${request.version}/actions/standard/emailSimple`,
        },
      ],
    },
  }),
  'POST actions/standard/emailSimple': sendEmails,
};

/** What the action takes; the local org sends plain e-mails from the signed-in user and ignores none of these. */
const INPUTS: ReadonlySet<string> = new Set([
  'emailAddresses',
  'emailAddressesArray',
  'emailBody',
  'emailSubject',
  'senderType',
]);
const SENDER_TYPES: ReadonlySet<unknown> = new Set([undefined, 'CurrentUser', 'DefaultWorkflowUser']);
/** In one call: 5 up to version 63, 150 since. */
const mostRecipients = (version: string): number => (Number(version) < 64 ? 5 : 150);

interface ActionError {
  statusCode: string;
  message: string;
  fields: string[];
}

function sendEmails({ org, request }: ApiCall): ApiResponse {
  const inputs = objectList(objectBody(request.body)['inputs'], 'inputs');
  const results = inputs.map((input) => sendEmail(org, request.user, request.version, input));
  const isRefused = results.some(({ isSuccess }) => !isSuccess);
  return { status: isRefused ? 400 : 200, body: results, failed: isRefused };
}

function sendEmail(org: Org, user: OrgUser, version: string, input: Record<string, unknown>) {
  const errors = errorsOf(input, version);
  if (errors.length === 0) {
    const { emailSubject, emailBody } = input as { emailSubject: string; emailBody: string };
    keepEmail(org, { from: user.username, to: recipientsOf(input), subject: emailSubject, body: emailBody });
  }
  const isSuccess = errors.length === 0;
  return { actionName: 'emailSimple', errors: isSuccess ? null : errors, isSuccess, outputValues: null };
}

function recipientsOf({ emailAddresses, emailAddressesArray }: Record<string, unknown>): string[] {
  const listed = typeof emailAddresses === 'string' ? emailAddresses.split(',') : [];
  const given = Array.isArray(emailAddressesArray) ? emailAddressesArray.map(String) : [];
  return [...listed, ...given].map((address) => address.trim()).filter((address) => address !== '');
}

function errorsOf(input: Record<string, unknown>, version: string): ActionError[] {
  const error = (statusCode: string, message: string): ActionError => ({ statusCode, message, fields: [] });
  const missing = ['emailSubject', 'emailBody'].filter((name) => typeof input[name] !== 'string' || input[name] === '');
  const unknown = Object.keys(input).filter((name) => !INPUTS.has(name));
  const recipients = recipientsOf(input);
  const wrong = recipients.filter((address) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address));
  return [
    ...unknown.map((name) => error('INVALID_ARGUMENT_TYPE', `The input parameter ${name} isn't known to emailSimple.`)),
    ...missing.map((name) => error('REQUIRED_FIELD_MISSING', `Missing required input parameter: ${name}`)),
    ...(SENDER_TYPES.has(input['senderType'])
      ? []
      : [error('INVALID_ARGUMENT_TYPE', `senderType ${String(input['senderType'])} is not allowed.`)]),
    ...(recipients.length === 0
      ? [error('REQUIRED_FIELD_MISSING', 'Missing required input parameter: emailAddresses')]
      : []),
    ...(recipients.length > mostRecipients(version)
      ? [error('LIMIT_EXCEEDED', `More than ${mostRecipients(version)} recipients.`)]
      : []),
    ...wrong.map(() => error('INVALID_EMAIL_ADDRESS', 'Email address is invalid.')),
  ];
}
