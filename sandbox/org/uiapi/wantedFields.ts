import type { ObjectModel } from '../model.ts';
import { OrgError } from '../orgError.ts';
import type { Access } from './access.ts';
import { layoutFields, layoutTypesOf, modesOf } from './layout.ts';
import { fieldTree } from './recordRepresentation.ts';
import type { FieldTree } from './recordRepresentation.ts';
import { listParameter } from './requests.ts';

/** How a request names the fields that it wants. */
export interface FieldParameters {
  fields?: unknown;
  optionalFields?: unknown;
  layoutTypes?: unknown;
  modes?: unknown;
}

/**
 * The fields that a request wants, by name or by layouts.
 *
 * @throws {OrgError} ILLEGAL_QUERY_PARAMETER_VALUE when it wants none, INVALID_FIELD for unknown ones in `fields`.
 */
export function wantedFields(access: Access, object: ObjectModel, parameters: FieldParameters): FieldTree {
  const fields = listParameter(parameters.fields);
  const optional = listParameter(parameters.optionalFields);
  const isByLayout = listParameter(parameters.layoutTypes).length > 0;
  const ofLayouts = isByLayout ? layoutNames(access, object, parameters) : [];
  if (isByLayout || fields.length + optional.length > 0) {
    return fieldTree(access, object, [...fields, ...ofLayouts], optional);
  }
  throw new OrgError(
    'ILLEGAL_QUERY_PARAMETER_VALUE',
    'The request names no field. Give at least one of fields, optionalFields and layoutTypes.',
  );
}

/** The fields of all the layouts that a request names, as `Object.Field`. */
export function layoutNames(access: Access, object: ObjectModel, { layoutTypes, modes }: FieldParameters): string[] {
  const types = layoutTypesOf(layoutTypes);
  const fields = types.flatMap((type) => modesOf(modes).flatMap((mode) => layoutFields(access, object, type, mode)));
  return fields.map(({ name }) => `${object.name}.${name}`);
}
