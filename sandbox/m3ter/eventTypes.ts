const ENTITIES = {
  billing: [
    ...['balance', 'balanceamount', 'bill', 'billconfig', 'billjob', 'charge', 'counteradjustment'],
    ...['scheduledbalancecharge', 'scheduledbalancetransaction', 'statementjob'],
  ],
  configuration: [
    ...['account', 'accountplan', 'aggregation', 'alert', 'commitment', 'compoundaggregation', 'contract', 'counter'],
    ...['counterpricing', 'creditreason', 'customfield', 'meter', 'metergroup', 'organization', 'organizationconfig'],
    ...['plan', 'plangroup', 'plangrouplink', 'plantemplate', 'pricing', 'pricingband', 'product', 'transactiontype'],
  ],
};
const CHANGES = ['created', 'deleted', 'updated'];
const ERRORS = [
  ...['dataexport.job.failure', 'ingest.validation.failure'],
  ...['authentication', 'disabled', 'missingaccountmapping', 'perform', 'validation'].map(
    (name) => `integration.${name}.error`,
  ),
];

/**
 * The events that a notification rule may name, most of which local m3ter never makes.
 *
 * Source: m3ter's OpenAPI document, List Notification Events.
 */
export const EVENT_TYPES: readonly string[] = [
  ...Object.entries(ENTITIES).flatMap(([group, entities]) =>
    entities.flatMap((entity) => CHANGES.map((change) => `${group}.${entity}.${change}`)),
  ),
  ...ERRORS,
];
