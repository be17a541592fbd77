import { ofClass, type ErrorEntry } from './entry.ts';

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
  ),
];
