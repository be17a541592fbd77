import Type, { type Static } from 'typebox';
import { OperationError } from './errors.ts';
import { misfit } from './misfit.ts';

const option = <T extends Type.TSchema>(schema: T) => Type.Optional(schema);
const noSpace = Type.String({ pattern: '^\\S+$' });

export const IntegrationName = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' });

/** The settings of an integration that decide which Bills it sends, and in which shape. */
export const RULE_SETTINGS = {
  /** m3ter Account ids; none: all Accounts. */
  accountIds: option(Type.Array(noSpace)),
  restrictedAccountIds: option(Type.Array(noSpace)),
  onlySendBillOnApproval: option(Type.Boolean()),
  useExternalMappingAccountCode: option(Type.Boolean()),
  excludedLineItemTypes: option(Type.Array(Type.String({ pattern: '^[A-Z_]+$' }))),
  sortLineItemsBy: option(Type.Enum(['NONE', 'SUBTOTAL', 'AGGREGATION_ID'])),
  accountFilter: option(Type.String({ maxLength: 4000 })),
};

/** Settings that a person thinks of and has not saved; what is left out is as it was saved. */
export const DraftSettings = Type.Object(
  /** The name counts: of several integrations, the first one by name sends a Bill. */
  { name: option(IntegrationName), ...RULE_SETTINGS },
  { additionalProperties: false },
);
export type DraftSettings = Static<typeof DraftSettings>;

/**
 * Reads the draft settings of a request.
 *
 * @param json as the page of the integration writes it
 * @throws {OperationError} DRAFT_SETTINGS when it is no JSON or does not fit
 */
export function readDraftSettings(json: string): DraftSettings {
  const given = parsed(json);
  const problem = given === undefined ? 'they are no JSON' : misfit(DraftSettings, given);
  if (problem === undefined) return given as DraftSettings;
  throw new OperationError(
    'DRAFT_SETTINGS',
    `The draft settings of the request do not fit: ${problem}. Ask again on the page of the integration; if the page ` +
      'itself asked, update the agent.',
    'Update the agent',
    'usage',
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
