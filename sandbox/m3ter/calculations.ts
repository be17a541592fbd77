import {
  evaluateFilter,
  FilterEvaluationError,
  parseFilter,
  validateFilter,
} from '../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import type { FilterNode } from '../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import { parseExact } from '../shared/exactJson.ts';
import { bill, billJob, statementJob } from './contract/billSchemas.ts';
import { account } from './contract/entitySchemas.ts';
import type { RecordedEvent } from './store.ts';

type Types = Record<string, string>;
interface EntitySchema {
  properties: Record<string, { type?: string }>;
}

const TYPES: Types = {
  string: 'string',
  number: 'double',
  integer: 'int',
  boolean: 'boolean',
  object: 'map',
  array: 'array',
};

const ENTITIES: Record<string, EntitySchema> = {
  'billing.bill': bill,
  'billing.billjob': billJob,
  'billing.statementjob': statementJob,
  'configuration.account': account,
};
const CHANGES = { created: ['new'], updated: ['new', 'old'], deleted: ['old'] };

/**
 * The fields that a calculation may use, with their types, by event name: those of the entity after the change below
 * `new`, before it below `old`.
 *
 * Source: m3ter's OpenAPI document, List Event Fields.
 *
 * @param only one event's name; without it all events that local m3ter makes
 */
export function fieldsOfEvent(only?: string): Record<string, Types> {
  const events = Object.entries(ENTITIES).flatMap(([entity, schema]) =>
    Object.entries(CHANGES).map(([change, sides]) => [`${entity}.${change}`, fieldsOn(sides, schema)] as const),
  );
  return Object.fromEntries(events.filter(([name]) => only === undefined || name === only));
}

const fieldsOn = (sides: string[], { properties }: EntitySchema): Types =>
  Object.fromEntries(
    sides.flatMap((side) =>
      Object.entries(properties).map(([field, { type = '' }]) => [`${side}.${field}`, TYPES[type] ?? 'string']),
    ),
  );

/**
 * Why a calculation is not valid for an event; undefined where it is. Of events that local m3ter does not make it
 * knows no fields, so their calculations need only be well formed.
 */
export function calculationProblem(eventName: string, calculation: string): string | undefined {
  const validation = validateFilter(calculation);
  if (!validation.valid) return `calculation: ${validation.message} (at character ${validation.position + 1})`;
  const fields = fieldsOfEvent(eventName)[eventName];
  const wrong = fields && pathsOf(parseFilter(calculation)).find((path) => !(path.slice(0, 2).join('.') in fields));
  return wrong && `calculation: ${wrong.join('.')} is no field of ${eventName}. List its fields with /events/fields.`;
}

function pathsOf(node: FilterNode): Array<readonly string[]> {
  switch (node.kind) {
    case 'path':
      return [node.path];
    case 'unary':
      return pathsOf(node.operand);
    case 'binary':
      return [node.left, node.right].flatMap(pathsOf);
    case 'ternary':
      return [node.test, node.yes, node.no].flatMap(pathsOf);
    case 'call':
      return node.args.flatMap(pathsOf);
    default:
      return [];
  }
}

/** Whether an event satisfies the calculation of a rule; one that has no answer for the event does not hold. */
export function holds(calculation: string, { document }: RecordedEvent): boolean {
  const { m3terEvent } = parseExact(document) as { m3terEvent: { eventData: { newDto?: object; oldDto?: object } } };
  const { newDto = {}, oldDto = {} } = m3terEvent.eventData;
  try {
    return evaluateFilter(parseFilter(calculation), { new: newDto, old: oldDto });
  } catch (error) {
    if (error instanceof FilterEvaluationError) return false;
    throw error;
  }
}
