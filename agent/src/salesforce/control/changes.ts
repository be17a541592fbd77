import { integrationRecord, type IntegrationChange } from '../../rules/controlRecords.ts';
import type { Names } from '../../rules/names.ts';
import { badAnswer } from '../composite.ts';
import type { SalesforceCalls } from '../connection.ts';
import { isGone, SalesforceError } from '../errors.ts';
import { isRecordId, queryAll } from '../soql.ts';
import { integrationsQuery, toIntegration, VersionConflictError, type ConfiguredIntegration } from './integrations.ts';

const ENTITY_TYPE = 'Bill';
const DESTINATION = 'Salesforce';

/** See `ControlPlane.updateIntegration`. Two changes at the very same time are not told apart: the later one stays. */
export async function changeIntegration(
  connection: SalesforceCalls,
  names: Names,
  id: string,
  change: IntegrationChange,
  version: number | undefined,
): Promise<ConfiguredIntegration | undefined> {
  if (!isRecordId(id)) return undefined;
  const before = version === undefined ? undefined : await readIntegration(connection, names, id);
  if (version !== undefined && !before) return undefined;
  if (before && before.version !== version) {
    throw new VersionConflictError(
      `Integration ${before.name} has version ${before.version}, not ${version}: somebody changed it. Read it again.`,
    );
  }
  const isThere = await wasThere(connection.request('PATCH', pathOf(names, id), integrationRecord(change, names)));
  return isThere ? readIntegration(connection, names, id) : undefined;
}

/** See `ControlPlane.createIntegration`. */
export async function createIntegration(
  connection: SalesforceCalls,
  names: Names,
  change: IntegrationChange & { readonly name: string },
): Promise<ConfiguredIntegration> {
  const { object, Entity_Type__c, Destination__c } = names.integration;
  const record = {
    ...integrationRecord({ enabled: false, ...change }, names),
    [Entity_Type__c]: ENTITY_TYPE,
    [Destination__c]: DESTINATION,
  };
  const { id } = (await connection.request('POST', `/sobjects/${object}`, record)) as { id?: unknown };
  const made = typeof id === 'string' ? await readIntegration(connection, names, id) : undefined;
  if (!made) throw badAnswer('the creation of an integration without showing it');
  return made;
}

/** See `ControlPlane.deleteIntegration`. */
export function deleteIntegration(connection: SalesforceCalls, names: Names, id: string): Promise<boolean> {
  if (!isRecordId(id)) return Promise.resolve(false);
  return wasThere(connection.request('DELETE', pathOf(names, id)));
}

/** One integration; undefined when the org has none of this id. */
export async function readIntegration(
  connection: SalesforceCalls,
  names: Names,
  id: string,
): Promise<ConfiguredIntegration | undefined> {
  if (!isRecordId(id)) return undefined;
  const [row] = await queryAll(connection, integrationsQuery(names, id));
  return row && toIntegration(row, names);
}

function pathOf({ integration }: Names, id: string): string {
  return `/sobjects/${integration.object}/${encodeURIComponent(id)}`;
}

/** False when the record of a call is not there (any more). */
async function wasThere(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof SalesforceError && isGone(error.code)) return false;
    throw error;
  }
}
