import { GraphQLBoolean, GraphQLID, GraphQLInputObjectType, GraphQLNonNull, GraphQLObjectType } from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLResolveInfo } from 'graphql';
import type { ObjectModel, Org, SaveResult } from '../model.ts';
import { OrgError } from '../orgError.ts';
import type { Access } from '../uiapi/access.ts';
import type { GraphqlContext } from './context.ts';
import { recordSource } from './recordConnection.ts';
import type { RecordTypes } from './recordTypes.ts';
import { idOrRefScalar } from './scalars.ts';
import { scalarOf } from './valueTypes.ts';

type Input = Record<string, unknown>;
type Operation = GraphQLFieldConfig<unknown, GraphqlContext, { input: Input }>;

const deleteInput = new GraphQLInputObjectType({
  name: 'RecordDeleteInput',
  fields: { Id: { type: new GraphQLNonNull(idOrRefScalar) } },
});
const deletePayload = new GraphQLObjectType({ name: 'RecordDeletePayload', fields: { Id: { type: GraphQLID } } });

/**
 * The fields of the mutation's `uiapi`: `...Create`, `...Update` and `...Delete` for each object and operation that the
 * user's object permissions allow.
 *
 * Source: GraphQL API Developer Guide, "Mutations Schema" (mutations-schema).
 */
export function mutationFields(
  org: Org,
  access: Access,
  records: RecordTypes,
): GraphQLFieldConfigMap<unknown, GraphqlContext> {
  return Object.fromEntries(
    access.objects().flatMap((object) => {
      const rights = org.access.object(access.user, object.name);
      const operations: Array<[string, Operation]> = [];
      if (rights.create) operations.push([`${object.name}Create`, createField(access, object, records)]);
      if (rights.edit) operations.push([`${object.name}Update`, updateField(access, object, records)]);
      if (rights.delete) operations.push([`${object.name}Delete`, deleteField(object)]);
      return operations;
    }),
  );
}

function createField(access: Access, object: ObjectModel, records: RecordTypes): Operation {
  const input = new GraphQLInputObjectType({
    name: `${object.name}CreateInput`,
    fields: () => ({ [object.name]: { type: new GraphQLNonNull(recordInput(access, object, 'create')) } }),
  });
  return {
    type: payload(`${object.name}CreatePayload`, object, records),
    args: { input: { type: new GraphQLNonNull(input) } },
    resolve: (_source, args, context, info) =>
      attempt(context, info, () => {
        const fields = resolveReferences(context, object, args.input[object.name] as Input);
        return context.org.save(context.access.user, { operation: 'insert', object: object.name, fields });
      }),
  };
}

function updateField(access: Access, object: ObjectModel, records: RecordTypes): Operation {
  const input = new GraphQLInputObjectType({
    name: `${object.name}UpdateInput`,
    fields: () => ({
      Id: { type: new GraphQLNonNull(idOrRefScalar) },
      [object.name]: { type: new GraphQLNonNull(recordInput(access, object, 'edit')) },
    }),
  });
  return {
    type: payload(`${object.name}UpdatePayload`, object, records),
    args: { input: { type: new GraphQLNonNull(input) } },
    resolve: (_source, args, context, info) =>
      attempt(context, info, () => {
        const id = idOf(context, args.input['Id']);
        const fields = resolveReferences(context, object, args.input[object.name] as Input);
        return context.org.save(context.access.user, { operation: 'update', object: object.name, id, fields });
      }),
  };
}

function deleteField(object: ObjectModel): Operation {
  return {
    type: deletePayload,
    args: { input: { type: new GraphQLNonNull(deleteInput) } },
    resolve: (_source, args, context, info) =>
      attempt(context, info, () => {
        const id = idOf(context, args.input['Id']);
        if (context.org.objectOfId(id)?.name !== object.name) {
          throw new OrgError('MALFORMED_ID', `${id} is no id of a ${object.name}. Use ...Delete of its own object.`);
        }
        return context.org.remove(context.access.user, id);
      }),
  };
}

/** The result of a successful operation. */
interface Outcome {
  Id: string;
  success: true;
}

function payload(name: string, object: ObjectModel, records: RecordTypes): GraphQLObjectType<Outcome, GraphqlContext> {
  return new GraphQLObjectType<Outcome, GraphqlContext>({
    name,
    fields: () => ({
      Record: {
        type: records.representation(object),
        resolve: ({ Id }, _args, context) => recordSource(context, object, Id, 1),
      },
      success: { type: GraphQLBoolean },
    }),
  });
}

function recordInput(access: Access, object: ObjectModel, operation: 'create' | 'edit'): GraphQLInputObjectType {
  return new GraphQLInputObjectType({
    name: `${object.name}${operation === 'create' ? 'Create' : 'Update'}Representation`,
    fields: () =>
      Object.fromEntries(
        access
          .writable(object, operation)
          .map((field) => [
            field.name,
            { type: field.reference ? idOrRefScalar : scalarOf(field), description: field.label },
          ]),
      ),
  });
}

/** Runs one operation; after a failure of an all-or-none mutation the rest is not even tried. */
function attempt(context: GraphqlContext, info: GraphQLResolveInfo, run: () => SaveResult): Outcome {
  const { mutation } = context;
  if (mutation.failed && mutation.allOrNone) throw notExecuted();
  try {
    const { id, success, errors } = run();
    if (!success || id === null) {
      const [first] = errors;
      throw new OrgError(first?.statusCode ?? 'UNKNOWN_EXCEPTION', errors.map(({ message }) => message).join('; '), {
        fields: errors.flatMap(({ fields }) => fields),
      });
    }
    mutation.ids.set(String(info.path.key), id);
    return { Id: id, success };
  } catch (error) {
    mutation.failed = true;
    throw error;
  }
}

/** The error of an operation that was undone, or not tried, because another one of the mutation failed. */
export function notExecuted(): OrgError {
  return new OrgError(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'Not executed, because another operation of this mutation failed and allOrNone is true. Correct that one first.',
  );
}

const REFERENCE = /^@\{(\w+)\}$/;

function idOf(context: GraphqlContext, value: unknown): string {
  const text = String(value);
  const key = REFERENCE.exec(text)?.[1];
  if (key === undefined) return text;
  const id = context.mutation.ids.get(key);
  if (id === undefined) {
    throw new OrgError('INVALID_REFERENCE', `@{${key}} names no earlier operation of this mutation. Check the alias.`);
  }
  return id;
}

function resolveReferences(context: GraphqlContext, object: ObjectModel, fields: Input): Input {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const isLookup = object.fields.get(name.toLowerCase())?.reference !== undefined;
      return [name, isLookup && value !== null ? idOf(context, value) : value];
    }),
  );
}
