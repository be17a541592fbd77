import { createNames, type Names } from '../rules/names.ts';
import type { SalesforceCalls } from './connection.ts';
import { SalesforceSetupError } from './errors.ts';

const BILL_OBJECT = /^([A-Za-z][A-Za-z0-9_]*__)?Bill__c$/;
const LINE_OBJECT = 'Bill_Line_Item__c';

/**
 * The API names in this org: with the namespace of the installed package, without one where the sources were deployed.
 * Where both are there, the package wins. Costs one call.
 *
 * @throws {SalesforceSetupError} when the org has neither, or the agent's user cannot see it
 */
export async function detectNames(connection: SalesforceCalls): Promise<Names> {
  const answer = (await connection.request('GET', '/sobjects')) as { sobjects?: Array<{ name?: unknown }> } | null;
  const objects = new Set((answer?.sobjects ?? []).map(({ name }) => String(name)));
  const prefixes = [...objects]
    .map((name) => BILL_OBJECT.exec(name))
    .filter((match) => match !== null)
    .map((match) => match[1] ?? '')
    .filter((prefix) => objects.has(prefix + LINE_OBJECT));
  const prefix = prefixes.find((candidate) => candidate !== '') ?? prefixes[0];
  if (prefix !== undefined) return createNames(prefix);
  throw new SalesforceSetupError(
    'The org has no object Bill__c that the agent can see. Install the package m3ter Bills (or deploy force-app) and ' +
      "give the agent's user the permission set m3ter Sync Agent.",
  );
}
