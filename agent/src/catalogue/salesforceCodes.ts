import { ofClass, type ErrorEntry } from './entry.ts';

const RETRIED = 'The agent tries again by itself.';
const PERMISSION_SET =
  "Give the agent's user the permission set m3ter Sync Agent; m3ter-bills doctor names what is missing.";
const AGAIN_BY_VERSION = 'Report it with the versions of agent and package; update both.';

/**
 * Codes of Salesforce. Sources: REST API Developer Guide, "Status Codes and Error Responses"; SOAP API Developer Guide,
 * "Core Data Types Used in API Calls", StatusCode and ExceptionCode; Composite and Composite Graph for those that only
 * follow from others. ERROR_HTTP_... stands for an answer without a code, mostly of a gateway.
 */
export const SALESFORCE_CODES: readonly ErrorEntry[] = [
  ...ofClass(
    'transient',
    [
      'UNABLE_TO_LOCK_ROW',
      'Another transaction held a record for longer than Salesforce waits.',
      'Automation, a data load or another integration writes the same Bill or Account.',
      `${RETRIED} If it goes on, move the other writer to another hour or lower SALESFORCE_CONCURRENCY.`,
    ],
    [
      'DUPLICATE_VALUE',
      'A unique value exists already.',
      'Two writers created the same record at the same moment, or a unique field of your own holds the value.',
      `${RETRIED} If it stays, look for your own unique fields on the object that the message names.`,
    ],
    ['SERVER_UNAVAILABLE', 'The org is too busy.', 'Salesforce is overloaded or in maintenance.', RETRIED],
    [
      'UNKNOWN_EXCEPTION',
      'Salesforce failed inside.',
      'An error of the platform; the message often holds a number for its support.',
      `${RETRIED} If it stays, give the number to Salesforce support.`,
    ],
    ['QUERY_TIMEOUT', 'A query took too long.', 'The org is busy, or a table is very large.', RETRIED],
    ['REQUEST_RUNNING_TOO_LONG', 'A call took longer than Salesforce allows.', 'Slow automation on Bills.', RETRIED],
    ['INVALID_QUERY_LOCATOR', 'The next page of a query is not there any more.', 'A cursor ended.', RETRIED],
    ['TIMEOUT', 'Salesforce did not answer in time.', 'Network, or slow automation on Bills and lines.', RETRIED],
    ['NETWORK', 'Salesforce could not be reached.', 'Network, proxy, DNS or TLS.', `Check the network. ${RETRIED}`],
    [
      'BAD_ANSWER',
      'The answer is not what was to be expected.',
      'A proxy or gateway between the agent and the org, or an agent of another version that answers a command.',
      `Check the network between agent and org. ${RETRIED}`,
    ],
    ['ERROR_HTTP_408', 'Salesforce gave up waiting for the call.', 'Slow network.', RETRIED],
    ['ERROR_HTTP_500', 'Salesforce failed inside.', 'An error of the platform.', RETRIED],
    ['ERROR_HTTP_502', 'A gateway got no good answer.', 'Salesforce restarts or is unavailable.', RETRIED],
    ['ERROR_HTTP_503', 'The org is unavailable.', 'Maintenance or overload.', RETRIED],
    ['ERROR_HTTP_504', 'A gateway got no answer in time.', 'Overload, or slow automation.', RETRIED],
  ),
  ...ofClass(
    'auth',
    [
      'INVALID_SESSION_ID',
      'The session is over.',
      'It expired, or an administrator ended it.',
      'The agent signs in again once. If that is refused too, check the External Client App and its user.',
    ],
    ['INVALID_AUTH_HEADER', 'Salesforce does not take the token.', 'A damaged session.', 'As INVALID_SESSION_ID.'],
    [
      'INVALID_OPERATION_WITH_EXPIRED_PASSWORD',
      "The agent user's password has expired.",
      'The password policy of the org.',
      'Set "Password never expires" for the integration user, or reset the password.',
    ],
    ['ERROR_HTTP_401', 'Salesforce does not take the session.', 'As INVALID_SESSION_ID.', 'As INVALID_SESSION_ID.'],
    [
      'SALESFORCE_AUTHENTICATION',
      'Salesforce refuses the credential, or a session that has just begun.',
      'Wrong or rotated secret or key, changed External Client App, inactive user, or IP restrictions.',
      'Test it: m3ter-bills credential test NAME. Then rotate it: m3ter-bills credential rotate NAME.',
    ],
  ),
  ...ofClass(
    'limit',
    [
      'REQUEST_LIMIT_EXCEEDED',
      "The org's API calls are used up, or too many long calls run at once.",
      'All integrations of the org share a daily allocation and a number of long calls at once.',
      'The agent waits and goes on by itself. See Setup, Company Information; lower SALESFORCE_CONCURRENCY.',
    ],
    [
      'API_BUDGET',
      "The agent's share of the org's daily API calls is used up.",
      'SALESFORCE_API_BUDGET_PERCENT keeps the rest for others.',
      'The agent goes on by itself when use falls. To allow more, raise SALESFORCE_API_BUDGET_PERCENT.',
    ],
    [
      'ERROR_HTTP_420',
      'Salesforce slows the caller down.',
      'Too many calls.',
      'The agent waits and goes on by itself.',
    ],
    ['ERROR_HTTP_429', 'Too many calls.', 'Too many calls.', 'The agent waits and goes on by itself.'],
    [
      'LIMIT_EXCEEDED',
      'A limit of the org is reached.',
      'The message names it, such as e-mails a day.',
      'Wait for the next day or raise the limit with Salesforce.',
    ],
    [
      'SINGLE_EMAIL_LIMIT_EXCEEDED',
      "The org's e-mails of the day are used up.",
      'All senders of the org share the limit.',
      'The agent sends by SMTP when SMTP_URL is set; else wait for the next day.',
    ],
  ),
  ...ofClass('badData', ...badData()),
  { ...goneEntry('ENTITY_IS_DELETED', 'The record is deleted.'), isGone: true },
  { ...goneEntry('NOT_FOUND', 'There is no such thing, in Salesforce or in m3ter.'), isGone: true },
  { ...goneEntry('INVALID_CROSS_REFERENCE_KEY', 'A record that is referred to is not there.'), isGone: true },
  ...ofClass(
    'setup',
    ...[
      'INSUFFICIENT_ACCESS',
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'INSUFFICIENT_ACCESS_APEX',
    ].map(
      (code) =>
        [
          code,
          "The agent's user may not do this.",
          'The permission set is missing, or a record is shared with nobody but its owner.',
          PERMISSION_SET,
        ] as const,
    ),
    ['INVALID_TYPE', 'The org has no such object for this user.', 'Package or permission set missing.', PERMISSION_SET],
    [
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      "A trigger of the org's own refused or failed.",
      'Apex on Bill, Line Item, Run or Event; the message names it.',
      "Correct the trigger, or let it pass the agent's user.",
    ],
    [
      'CANNOT_EXECUTE_FLOW_TRIGGER',
      "A flow of the org's own failed.",
      'A record-triggered flow on Bill, Line Item, Run or Event; the message names it.',
      "Correct the flow, or let it pass the agent's user.",
    ],
    [
      'FEATURENOTENABLED',
      'The org does not offer this to the agent, such as the Bulk API.',
      'Edition, or a user without API Enabled.',
      'Nothing needs to be done for backfills: the agent uses composite calls instead.',
    ],
    ['API_DISABLED_FOR_ORG', 'The org or the user has no API.', 'Edition or user without API Enabled.', PERMISSION_SET],
    [
      'API_CURRENTLY_DISABLED',
      'The API is switched off.',
      'Salesforce switched it off for a while.',
      'Wait, then ask Salesforce.',
    ],
    [
      'FUNCTIONALITY_NOT_ENABLED',
      'The org lacks a function.',
      'Edition or feature.',
      'See the requirements in docs/admin.md.',
    ],
    [
      'STORAGE_LIMIT_EXCEEDED',
      "The org's storage is full.",
      'Data of all kinds; see Setup, Storage Usage.',
      'Free storage, buy more, or lower RETENTION_DAYS.',
    ],
    [
      'SALESFORCE_SETUP',
      'The org lacks the package, or the agent a permission.',
      'Package not installed, or the permission set not assigned.',
      'Run m3ter-bills doctor and follow its lines.',
    ],
  ),
  ...ofClass(
    'derived',
    [
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'This record was not written because another one of the call failed.',
      'Another record.',
      'Look for the other error; the agent sends this Bill again by itself.',
    ],
    [
      'PROCESSING_HALTED',
      'Salesforce stopped before it came to this record.',
      'Another record, or an error that Salesforce does not explain.',
      'Send the Bill again: m3ter-bills resend BILL. If it stays, look at automation on Bills.',
    ],
  ),
  ...messages(),
];

function badData(): Array<readonly [string, string, string, string]> {
  const field = "A field of your own is required, or the package is another version than the agent's.";
  return [
    [
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      "A validation rule of the org's own refuses the record.",
      "The message is the rule's.",
      "Correct what the rule complains of in m3ter, or let the rule pass the agent's user.",
    ],
    ['REQUIRED_FIELD_MISSING', 'A required field is empty.', field, 'Give the field a default, or update both.'],
    ['STRING_TOO_LONG', 'A text does not fit its field.', 'Package and agent differ.', AGAIN_BY_VERSION],
    [
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'A picklist does not know the value.',
      'Package and agent differ, or the picklist was changed.',
      AGAIN_BY_VERSION,
    ],
    ['NUMBER_OUTSIDE_VALID_RANGE', 'A number does not fit its field.', 'A very large amount.', 'Correct it in m3ter.'],
    ['MALFORMED_ID', 'A record id is none.', 'An External Mapping holds a wrong id.', 'Correct the mapping in m3ter.'],
    [
      'INVALID_ID_FIELD',
      'A record id is none.',
      'An External Mapping holds a wrong id.',
      'Correct the mapping in m3ter.',
    ],
    [
      'INVALID_FIELD',
      'A field is not there, or a record is referred to by a key that the org does not have.',
      'Missing field permission, another version of the package, or a deleted record.',
      'Run m3ter-bills doctor.',
    ],
    [
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'A field may not be written.',
      'Missing permission to edit it.',
      PERMISSION_SET,
    ],
    ['FIELD_INTEGRITY_EXCEPTION', 'A value does not go with another field.', 'The message names it.', 'Correct it.'],
    [
      'FIELD_FILTER_VALIDATION_EXCEPTION',
      'A lookup filter refuses the Account.',
      'A lookup filter of your own on Bill.',
      'Change the filter, or link the Bill to another Account.',
    ],
    [
      'DUPLICATES_DETECTED',
      'A duplicate rule refuses the record.',
      'A duplicate rule of your own on Bill or Line Item.',
      "Let the rule pass the agent's user.",
    ],
    [
      'ENTITY_IS_LOCKED',
      'The record is locked.',
      'An approval process of your own holds it.',
      'Unlock it or end the approval, then: m3ter-bills resend BILL.',
    ],
    ['DEPENDENCY_EXISTS', 'Something still refers to the record.', 'It is used elsewhere.', 'Take it out there first.'],
    [
      'DELETE_FAILED',
      'The record cannot be deleted.',
      'Something refers to it, or a trigger refuses.',
      'See the message.',
    ],
    ['INACTIVE_OWNER_OR_USER', 'A user who is named is inactive.', 'The owner left.', 'Change the owner.'],
    ['DUPLICATE_EXTERNAL_ID', 'Two records of a call have the same key.', 'An error of the agent.', AGAIN_BY_VERSION],
    ['INVALID_TYPE_ON_FIELD_IN_RECORD', 'A value has the wrong type.', 'Package and agent differ.', AGAIN_BY_VERSION],
    [
      'INVALID_EMAIL_ADDRESS',
      'An e-mail address is none.',
      'A user without a good address.',
      'Correct it on the user.',
    ],
    ['INVALID_ARGUMENT_TYPE', 'Salesforce does not know an input.', 'Package and agent differ.', AGAIN_BY_VERSION],
    ['MISSING_ARGUMENT', 'Salesforce misses an input.', 'An error of the agent.', AGAIN_BY_VERSION],
    ['MALFORMED_QUERY', 'A query is wrong.', 'Package and agent differ.', AGAIN_BY_VERSION],
    ['INVALID_QUERY_FILTER_OPERATOR', 'A query is wrong.', 'An id that is none.', 'Check the id.'],
    ['JSON_PARSER_ERROR', 'Salesforce cannot read a call.', 'An error of the agent.', AGAIN_BY_VERSION],
    ['EXCEEDED_ID_LIMIT', 'Too many records in a call.', 'An error of the agent.', AGAIN_BY_VERSION],
    ['METHOD_NOT_ALLOWED', 'Salesforce does not offer this.', 'An old API version.', AGAIN_BY_VERSION],
    ['APEX_ERROR', 'Apex of the org failed.', 'The message names it.', 'Correct the Apex code.'],
    ['ERROR_HTTP_300', 'A key names several records.', 'The external id is not unique.', 'Reinstall the package.'],
    ['ERROR_HTTP_400', 'Salesforce refuses a call.', 'A gateway, or an error of the agent.', AGAIN_BY_VERSION],
    ['ERROR_HTTP_403', 'Something forbids a call.', 'A gateway or firewall.', 'Check what lies between agent and org.'],
    ['ERROR_HTTP_404', 'There is nothing at this address.', 'A wrong My Domain URL.', 'Check the login URL.'],
    ['ERROR_HTTP_413', 'A call is too large for a gateway.', 'A proxy with a small limit.', 'Raise its limit.'],
    ['ERROR_HTTP_414', 'A query is too long for a gateway.', 'A proxy with a small limit.', 'Raise its limit.'],
  ];
}

function goneEntry(code: string, meaning: string): ErrorEntry {
  const [entry] = ofClass('badData', [
    code,
    meaning,
    'Somebody deleted it, or the name or id that was given is wrong.',
    'Check the name or id. A Bill is read again and sent by itself; else: m3ter-bills resend BILL.',
  ]);
  return entry as ErrorEntry;
}

/** Words that the message of a validation rule begins with. */
function messages(): ErrorEntry[] {
  const entries = [
    ...ofClass('superseded', [
      'STALE_VERSION',
      'Salesforce holds a newer version of the Bill.',
      'Two agents, or a slow call that was overtaken.',
      'Nothing: the newer version stays.',
    ]),
    ...ofClass('superseded', [
      'REQUEST_TAKEN',
      'Another agent works on the request, or it is done.',
      'Two agents look at the same org.',
      'Nothing: the other one answers.',
    ]),
    ...ofClass('periodClosed', [
      'ACCOUNTING_PERIOD_CLOSED',
      'The org refuses the Bill because its accounting period is closed.',
      "A validation rule of the org's own whose message begins with this word.",
      'Open the period, or correct the Bill in m3ter; then: m3ter-bills resend BILL.',
    ]),
    ...ofClass('alreadyPaid', [
      'INVOICE_ALREADY_PAID',
      'The org refuses the Bill because its invoice is paid.',
      "A validation rule of the org's own whose message begins with this word.",
      'Nothing, or correct the payment; then: m3ter-bills resend BILL.',
    ]),
  ];
  return entries.map((entry) => ({ ...entry, isMessage: true }));
}
