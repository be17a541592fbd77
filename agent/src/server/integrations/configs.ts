import { validateFilter } from '../../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import type { IntegrationChange } from '../../rules/controlRecords.ts';
import type { ConfiguredIntegration } from '../../salesforce/control/integrations.ts';
import { HttpError } from '../errors.ts';
import type { Found } from './gateway.ts';
import type { ConfigData, IntegrationConfigRequest, IntegrationConfigResponse } from './schemas.ts';

export const ENTITY_TYPE = 'Bill';
export const DESTINATION = 'Salesforce';

/** An Integration Configuration of an org in m3ter's shape. The destination id is the org's. */
export function toConfig({ org, row }: Found<ConfiguredIntegration>): IntegrationConfigResponse {
  const configData: Required<ConfigData> = {
    name: row.name,
    accountIds: [...row.accountIds],
    restrictedAccountIds: [...row.restrictedAccountIds],
    integrationDisabledNotificationUsers: [...row.notificationUserIds],
    onlySendBillOnApproval: row.onlySendBillOnApproval,
    useExternalMappingAccountCode: row.useExternalMappingAccountCode,
    excludedLineItemTypes: [...row.excludedLineItemTypes],
    sortLineItemsBy: row.sortLineItemsBy,
    accountFilter: row.accountFilter,
    triggerType: row.triggerType,
  };
  return {
    id: row.id,
    version: row.version,
    ...(row.createdAt ? { dtCreated: row.createdAt.toISOString() } : {}),
    ...(row.modifiedAt ? { dtLastModified: row.modifiedAt.toISOString() } : {}),
    ...(row.createdById ? { createdBy: row.createdById } : {}),
    ...(row.modifiedById ? { lastModifiedBy: row.modifiedById } : {}),
    entityType: ENTITY_TYPE,
    destination: DESTINATION,
    destinationId: org.orgId,
    configData,
    authorized: row.connectionStatus === 'CONNECTED',
    enabled: row.enabled,
    triggerType: row.triggerType,
    ...(row.credentialKey === null ? {} : { integrationCredentialsId: row.credentialKey }),
    name: row.name,
  };
}

/**
 * The fields of an Integration Configuration for a request that sets all of it, as m3ter's create and update do: what
 * `configData` leaves out gets its default. The credential stays when the request names none.
 *
 * @param kept the name that the integration has
 * @throws {HttpError} 400 that says which part does not fit
 */
export function toChange(request: IntegrationConfigRequest, kept?: string): IntegrationChange & { name: string } {
  checkKind(request);
  const { configData = {}, integrationCredentialsId } = request;
  const name = (request.name ?? configData.name ?? kept ?? '').trim();
  if (name === '') throw new HttpError(400, 'The integration has no name. Send one as name.');
  const accountFilter = configData.accountFilter ?? '';
  checkFilter(accountFilter);
  return {
    name,
    triggerType: configData.triggerType ?? 'EVENT',
    accountIds: configData.accountIds ?? [],
    restrictedAccountIds: configData.restrictedAccountIds ?? [],
    accountFilter,
    onlySendBillOnApproval: configData.onlySendBillOnApproval ?? false,
    useExternalMappingAccountCode: configData.useExternalMappingAccountCode ?? false,
    excludedLineItemTypes: configData.excludedLineItemTypes ?? [],
    sortLineItemsBy: configData.sortLineItemsBy ?? 'NONE',
    notificationUserIds: configData.integrationDisabledNotificationUsers ?? [],
    ...(integrationCredentialsId ? { credentialKey: integrationCredentialsId } : {}),
  };
}

function checkKind({ entityType, destination, entityId, credentials }: IntegrationConfigRequest): void {
  if (entityType !== ENTITY_TYPE) {
    throw new HttpError(400, `This agent sends entities of type ${ENTITY_TYPE} only. Send entityType ${ENTITY_TYPE}.`);
  }
  if (destination.toLowerCase() !== DESTINATION.toLowerCase()) {
    throw new HttpError(400, `This agent sends to ${DESTINATION} only. Send destination ${DESTINATION}.`);
  }
  if (entityId) throw new HttpError(400, 'An integration for Bills is for all Bills. Leave entityId out.');
  if (credentials) {
    throw new HttpError(
      400,
      'A credential is not sent with an integration. Add it with m3ter-bills credential add, then send its name as ' +
        'integrationCredentialsId.',
    );
  }
}

function checkFilter(text: string): void {
  const validation = validateFilter(text);
  if (validation.valid) return;
  const place = `at character ${validation.position + 1}`;
  throw new HttpError(400, `configData.accountFilter does not parse ${place}: ${validation.message}`);
}
