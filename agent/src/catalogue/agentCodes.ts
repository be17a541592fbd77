import { ofClass, type ErrorEntry } from './entry.ts';

const RETRIED = 'The agent tries again by itself.';

/** Codes of the agent's own. Those of Node.js and the operating system, such as ENOENT, come through as they are. */
export const AGENT_CODES: readonly ErrorEntry[] = [
  ...ofClass(
    'badData',
    [
      'FIELD_VALUE',
      'A value of the Bill does not fit its field in Salesforce.',
      'A number too large, a key too long, or a date that does not exist; the message names the field.',
      'Correct it in m3ter; the Bill is sent then by itself.',
    ],
    [
      'UNREADABLE_BILL',
      'A field of the Bill is not what m3ter documents.',
      'The message names the field.',
      'Recalculate the Bill in m3ter; report it to m3ter if it stays.',
    ],
    [
      'FILTER_SYNTAX',
      'The account filter of the integration cannot be read.',
      'A mistake at the position that the message names.',
      'Correct the filter; try it first with: m3ter-bills filter test.',
    ],
    [
      'FILTER_EVALUATION',
      'The account filter is neither true nor false for the Account.',
      'The filter compares what cannot be compared; the message names it.',
      'Correct the filter, or the field of the Account in m3ter. Try it with: m3ter-bills filter test.',
    ],
    [
      'ABANDONED',
      'The process that sent the Bill ended before it could say what became of it, and so did every later try.',
      'Processes that are killed again and again, most often for want of memory.',
      'Look at why the agent ends, then: m3ter-bills redrive.',
    ],
    [
      'BILLS_FAILED',
      'The request was carried out, and Bills failed.',
      'The reason of each Bill is in the result of the request, and in its Run.',
      'Do what the reasons say, then: m3ter-bills resend BILL.',
    ],
    [
      'UNKNOWN',
      'Something that nobody foresaw.',
      'An error of the agent.',
      'Report it with the version of the agent and the lines of its log.',
    ],
  ),
  ...ofClass(
    'transient',
    ['STORE_FAILED', "The agent's store failed.", 'Disk, or the database.', `See the message. ${RETRIED}`],
    [
      'BULK_JOB_FAILED',
      'A bulk job of a backfill failed as a whole.',
      'The message holds the reason that Salesforce gave.',
      'Give the same command again: the backfill goes on where it stopped.',
    ],
    [
      'STORE_UNREACHABLE',
      'The database of the store cannot be reached.',
      'Network, or PostgreSQL is down.',
      `Check STORE_URL and the database. ${RETRIED}`,
    ],
    ['QUEUE_FAILED', 'The queue in the store failed.', 'The database of the store.', RETRIED],
    [
      'MAIL',
      'A mail could not be sent by SMTP.',
      'The mail server refuses it or cannot be reached.',
      `Check SMTP_URL and SMTP_FROM. ${RETRIED}`,
    ],
    [
      'AGENT_LOST',
      'The running agent did not answer to the end.',
      'It was stopped, or it is busy.',
      'What it began goes on. Look with: m3ter-bills status.',
    ],
    [
      'NOT_TOLD',
      'Salesforce was not told about a credential.',
      'The org cannot be asked.',
      'The org shows an old status until the agent tells it again.',
    ],
  ),
  ...ofClass(
    'auth',
    [
      'AUTHENTICATION',
      'A credential is refused.',
      'The message says whose.',
      'Test it: m3ter-bills credential test NAME. Then rotate it: m3ter-bills credential rotate NAME.',
    ],
    [
      'CONNECTION_TEST_FAILED',
      'The connection test did not succeed, so nothing was enabled or connected.',
      'The message is that of the test.',
      'Correct the credential, then try again.',
    ],
    [
      'WRONG_TOKEN',
      'The command does not have the token of the running agent.',
      'The agent was started anew, or works with another store.',
      'Type the command again with the same STORE_URL as the agent.',
    ],
  ),
  ...ofClass(
    'setup',
    ['SETUP', 'The agent is set up wrongly.', 'The message says what.', 'Run m3ter-bills doctor.'],
    [
      'CONFIGURATION',
      'Settings are missing or wrong.',
      'The message names each of them.',
      'Correct them, then check with: m3ter-bills config check.',
    ],
    [
      'CREDENTIAL',
      'A credential is not complete.',
      'The message names the part.',
      'See: m3ter-bills help credential add.',
    ],
    [
      'VAULT_KEY',
      'The key of the credentials is missing or wrong.',
      'VAULT_KEY or VAULT_KEY_FILE changed, or the key file beside the store is gone.',
      'Give the key with which the credentials were kept, or remove and add them anew.',
    ],
    [
      'VAULT_DAMAGE',
      'A kept credential cannot be decrypted.',
      'Another key, or a damaged store.',
      'Give the right key, or remove the credential and add it anew.',
    ],
    [
      'STORE_LOCKED',
      'Another process has the store open.',
      'An agent runs with the same STORE_URL.',
      'Use that agent, stop it, or give this one another store; PostgreSQL takes several.',
    ],
    [
      'STORE_SETUP',
      'The store cannot be used.',
      'Wrong STORE_URL, missing rights, or the store of another m3ter organization or version.',
      'See the message.',
    ],
    [
      'NO_CREDENTIAL',
      'There is no credential.',
      'The integration has none, or the agent knows none for an org.',
      'm3ter-bills credential add, then: m3ter-bills integration connect NAME --credential CREDENTIAL.',
    ],
    [
      'NO_ORG',
      'No org can be reached.',
      'Every Salesforce credential failed.',
      'Test them: m3ter-bills credential test NAME.',
    ],
    [
      'DISABLED',
      'The integration was disabled before the Bill could be sent.',
      'Ten errors in a row, or a person.',
      'Remove the cause, then: m3ter-bills integration enable NAME. The Bill is sent then.',
    ],
    [
      'UNKNOWN_REQUEST',
      'The agent does not know this kind of request.',
      'The package is newer than the agent.',
      'Update the agent.',
    ],
  ),
  ...ofClass(
    'usage',
    ['USAGE', 'The command is not complete or not right.', 'The message says what.', 'See: m3ter-bills help.'],
    ['WRONG_INPUT', 'What was asked does not fit.', 'The message names the field.', 'See: m3ter-bills help.'],
    ['UNKNOWN_OPERATION', 'There is no such operation.', 'Another version of the agent.', 'See: m3ter-bills help.'],
    [
      'AMBIGUOUS',
      'The name fits several things.',
      'Names repeat, and ids repeat in copies of an org.',
      'Add --org, or give the id.',
    ],
    ['OTHER_ORG', 'The credential leads to another org.', 'It was made for another one.', 'Choose one of this org.'],
    [
      'ALREADY_MAPPED',
      'The m3ter Account has such an External Mapping already.',
      'Two of them would contradict each other.',
      'Change or delete the one that is there, in m3ter.',
    ],
    [
      'INCOMPLETE_REQUEST',
      'The request does not say what it is about.',
      'A field of the request is empty; the message names it.',
      'Make a new request with it.',
    ],
    [
      'NO_STATEMENT',
      'm3ter has made no statement of the Bill.',
      'Statements are made in m3ter, by hand or after each calculation of Bills, and are gone when the Bill is.',
      "Make the statement in m3ter, or let m3ter make them: the organization's setting autoGenerateStatementMode.",
    ],
    [
      'DRAFT_SETTINGS',
      'The settings that a preview is asked for are not settings of an integration.',
      'They do not come from the page of an integration, or the package is newer than the agent.',
      'Ask for the preview on the page of the integration; if the page itself asked, update the agent.',
    ],
    [
      'VERSION_CONFLICT',
      'The integration was changed by somebody else meanwhile.',
      'The version that was sent is not the current one.',
      'Read it again and send the change with its version.',
    ],
    ['HTTP', 'The agent does not take an HTTP request.', 'The message says why.', 'Correct the request.'],
  ),
];
