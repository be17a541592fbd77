import { coerceInputLiteral, GraphQLError, parseValue, validateInputLiteral } from 'graphql';
import { inputTypesOf } from '../../graphql/inputTypes.ts';
import { conditionOf } from '../../graphql/where.ts';
import type { ObjectModel } from '../../model.ts';
import { OrgError } from '../../orgError.ts';
import type { Access } from '../access.ts';

/**
 * The SOQL condition of a `where` parameter, which is written as a GraphQL filter of the object, such as
 * `{ Status__c: { eq: "PENDING" } }`. Empty without one.
 *
 * Source: UI API Developer Guide, "List Records Input" (ui_api_requests_list_records_input).
 *
 * @throws {OrgError} INVALID_FILTER when the text is no such filter.
 */
export function whereCondition(access: Access, object: ObjectModel, where: unknown): string {
  if (where === undefined || where === null || where === '') return '';
  if (typeof where !== 'string') throw invalid('where is a text that holds a GraphQL filter.');
  const type = inputTypesOf(access).filter(object);
  try {
    const value = parseValue(where);
    const problems: string[] = [];
    validateInputLiteral(value, type, (error) => problems.push(error.message));
    if (problems.length > 0) throw invalid(`where does not fit ${object.name}: ${problems.join(' ')}`);
    return conditionOf(access, object, coerceInputLiteral(value, type) as Record<string, unknown>);
  } catch (error) {
    if (error instanceof GraphQLError) throw invalid(`where is no GraphQL filter: ${error.message}`);
    throw error;
  }
}

const invalid = (message: string): OrgError => new OrgError('INVALID_FILTER', message);
