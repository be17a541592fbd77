import { AGENT_CODES } from './catalogue/agentCodes.ts';
import type { ErrorClass, ErrorEntry } from './catalogue/entry.ts';
import { M3TER_CODES } from './catalogue/m3terCodes.ts';
import { SALESFORCE_CODES } from './catalogue/salesforceCodes.ts';

export type { ErrorClass, ErrorEntry } from './catalogue/entry.ts';

/** Where an error comes from, for people who look one up. */
export const ERROR_SOURCES = {
  Salesforce: SALESFORCE_CODES,
  m3ter: M3TER_CODES,
  'The agent': AGENT_CODES,
} as const satisfies Record<string, readonly ErrorEntry[]>;

/** Every error code that the agent writes into the org or shows, once. */
export const ERROR_CATALOGUE: ReadonlyMap<string, ErrorEntry> = new Map(
  Object.values(ERROR_SOURCES)
    .flat()
    .map((entry) => [entry.code, entry]),
);

const MESSAGE_WORDS = [...ERROR_CATALOGUE.values()].filter(({ isMessage }) => isMessage).map(({ code }) => code);

/**
 * The code of an error of Salesforce: the word that the message of a validation rule begins with where the catalogue
 * knows it, else the code as it is.
 */
export function codeOf(code: string, message: string): string {
  if (code !== 'FIELD_CUSTOM_VALIDATION_EXCEPTION') return code;
  return MESSAGE_WORDS.find((word) => message.startsWith(word)) ?? code;
}

const REMEDIES = new Map(SALESFORCE_CODES.map(({ code, remedy }) => [code, remedy]));

/** What to do about a refusal of Salesforce, in a sentence or two; undefined for a code that the catalogue lacks. */
export function remedyOf(code: string, message: string): string | undefined {
  return REMEDIES.get(codeOf(code, message));
}

/** The class of an error code; one that nobody knows is bad data, so that it is never retried blindly. */
export function classOf(code: string): ErrorClass {
  return ERROR_CATALOGUE.get(code)?.errorClass ?? 'badData';
}
