import * as bills from './billSchemas.ts';
import * as entities from './entitySchemas.ts';
import { listOf, message, pageOf, token } from './shapes.ts';

/** A call: its method (`*` for any), and its path with the Organization as `{orgId}` and every other id as `*`. */
type Answered = readonly [method: string, path: string, schema: object];

/** The calls of something that is listed, read, created, changed and deleted below one path. */
const resource = (path: string, schema: object): Answered[] => [
  ['GET', path, pageOf(schema)],
  ['POST', path, schema],
  ['*', `${path}/*`, schema],
];

const billCalls: Answered[] = [
  ['GET', '/bills', pageOf(bills.bill)],
  ['GET', '/bills/search', pageOf(bills.bill)],
  ['GET', '/bills/accountid/*', pageOf(bills.bill)],
  ['GET', '/bills/billingperiod/*/*', pageOf(bills.bill)],
  ['GET', '/bills/latest/*', bills.bill],
  ['POST', '/bills/preview', bills.bill],
  ['POST', '/bills/approve', message],
  ['POST', '/bills/billingperiod/*/*/approve', message],
  ['PUT', '/bills/*/status', bills.bill],
  ['PUT', '/bills/*/lock', bills.bill],
  ['GET', '/bills/*/lineitems', pageOf(bills.standaloneLineItem)],
  ['GET', '/bills/*/lineitems/*', bills.standaloneLineItem],
  ['*', '/bills/*/statement/json', bills.download],
  ['*', '/bills/*/statement/csv', bills.download],
  ...resource('/bills/*/creditlineitems', bills.creditLineItem),
  ...resource('/bills/*/debitlineitems', bills.debitLineItem),
  ['*', '/bills/*', bills.bill],
  ['GET', '/lineitems', pageOf(bills.standaloneLineItem)],
  ['POST', '/billjobs/recalculate', bills.billJob],
  ['POST', '/billjobs/*/cancel', bills.billJob],
  ...resource('/billjobs', bills.billJob),
  ['POST', '/statementjobs/batch', listOf(bills.statementJob)],
  ['POST', '/statementjobs/*/cancel', bills.statementJob],
  ...resource('/statementjobs', bills.statementJob),
];

const entityCalls: Answered[] = [
  ['GET', '/accounts/search', pageOf(entities.account)],
  ['GET', '/accounts/*/children', pageOf(entities.account)],
  ...resource('/accounts', entities.account),
  ['GET', '/externalmappings/external/*/*', pageOf(entities.externalMapping)],
  ['GET', '/externalmappings/externalid/*/*/*', pageOf(entities.externalMapping)],
  ...resource('/externalmappings', entities.externalMapping),
  ['GET', '/externalmappingconfiguration', entities.mappingConfiguration],
  ['GET', '/externalmappingconfiguration/values/*/*', listOf(entities.externalEntity)],
  ['GET', '/externalmappingconfiguration/values/*/*/*', listOf(entities.externalEntity)],
  ['GET', '/events/types', entities.eventTypes],
  ['GET', '/events/fields', entities.eventFields],
  ...resource('/events', entities.event),
  ['POST', '/notifications/evaluate', entities.evaluation],
  ...resource('/notifications/configurations', entities.notificationRule),
  ['PUT', '/integrationdestinations/webhooks/*/active', entities.webhook],
  ...resource('/integrationdestinations/webhooks', entities.webhook),
  ['GET', '/integrationconfigs/available/systems', listOf(entities.integrationSystem)],
  ['GET', '/integrationconfigs/entity/*', entities.integrationConfig],
  ['POST', '/integrationconfigs/*/enable', entities.integrationConfig],
  ...resource('/integrationconfigs', entities.integrationConfig),
  ['*', '/customfields', entities.customFieldConfig],
  ['*', '/billconfig', entities.billConfig],
  ['*', '/organizationconfig', entities.organizationConfig],
  ...resource('/picklists/currency', entities.currency),
  ...resource('/picklists/creditreasons', entities.reason),
  ...resource('/picklists/debitreasons', entities.reason),
];

/** What answers with which schema; the first call that fits counts. */
export const ANSWERS: Answered[] = [
  ['POST', '/oauth/token', token],
  ...[...billCalls, ...entityCalls].map(([method, path, schema]): Answered => [
    method,
    `/organizations/{orgId}${path}`,
    schema,
  ]),
];
