import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLScalarType } from 'graphql';
import { OrgError } from '../orgError.ts';
import type { ObjectModel } from '../model.ts';
import { MASTER_RECORD_TYPE, objectInfo } from '../uiapi/objectInfo.ts';
import type { FieldInfo, ObjectInfo } from '../uiapi/objectInfo.ts';
import { hasPicklist, picklistValues } from '../uiapi/picklistValues.ts';
import type { GraphqlContext } from './context.ts';

interface FieldSource {
  info: FieldInfo;
  owner: ObjectModel;
}

type Flags<Info> = Partial<Record<keyof Info, GraphQLScalarType>>;

const OBJECT_PARTS: Flags<ObjectInfo> = {
  createable: GraphQLBoolean,
  custom: GraphQLBoolean,
  defaultRecordTypeId: GraphQLString,
  deletable: GraphQLBoolean,
  feedEnabled: GraphQLBoolean,
  keyPrefix: GraphQLString,
  label: GraphQLString,
  labelPlural: GraphQLString,
  layoutable: GraphQLBoolean,
  mruEnabled: GraphQLBoolean,
  queryable: GraphQLBoolean,
  searchable: GraphQLBoolean,
  updateable: GraphQLBoolean,
};

const FIELD_PARTS: Flags<FieldInfo> = {
  calculated: GraphQLBoolean,
  createable: GraphQLBoolean,
  custom: GraphQLBoolean,
  dataType: GraphQLString,
  externalId: GraphQLBoolean,
  filterable: GraphQLBoolean,
  inlineHelpText: GraphQLString,
  label: GraphQLString,
  length: GraphQLInt,
  nameField: GraphQLBoolean,
  precision: GraphQLInt,
  reference: GraphQLBoolean,
  relationshipName: GraphQLString,
  required: GraphQLBoolean,
  scale: GraphQLInt,
  sortable: GraphQLBoolean,
  unique: GraphQLBoolean,
  updateable: GraphQLBoolean,
};

const picklistValue = new GraphQLObjectType({
  name: 'PicklistValueInfo',
  fields: { label: { type: GraphQLString }, value: { type: GraphQLString } },
});
const picklistByRecordType = new GraphQLObjectType({
  name: 'PicklistValuesByRecordTypeID',
  fields: {
    recordTypeID: { type: GraphQLString },
    defaultValue: { type: picklistValue },
    picklistValues: { type: new GraphQLList(picklistValue) },
  },
});

const fieldParts: GraphQLFieldConfigMap<FieldSource, GraphqlContext> = {
  ApiName: { type: GraphQLString, resolve: ({ info }) => info.apiName },
  ...Object.fromEntries(
    Object.entries(FIELD_PARTS).map(([name, type]) => [
      name,
      { type, resolve: ({ info }: FieldSource) => info[name as keyof FieldInfo] },
    ]),
  ),
};
const field: GraphQLInterfaceType = new GraphQLInterfaceType({
  name: 'Field',
  fields: fieldParts,
  resolveType: (source: FieldSource) =>
    source.info.dataType === 'Picklist' || source.info.dataType === 'MultiPicklist' ? 'PicklistField' : 'StandardField',
});

const standardField = new GraphQLObjectType({ name: 'StandardField', interfaces: [field], fields: fieldParts });
const picklistField = new GraphQLObjectType<FieldSource, GraphqlContext>({
  name: 'PicklistField',
  interfaces: [field],
  fields: {
    ...fieldParts,
    picklistValuesByRecordTypeIDs: {
      type: new GraphQLList(picklistByRecordType),
      resolve: ({ info, owner }) => {
        const model = owner.fields.get(info.apiName.toLowerCase());
        if (!model || !hasPicklist(model)) return [];
        const { defaultValue, values } = picklistValues(model, '');
        return [{ recordTypeID: MASTER_RECORD_TYPE, defaultValue, picklistValues: values }];
      },
    },
  },
});

const childRelationship = new GraphQLObjectType({
  name: 'ChildRelationship',
  fields: {
    childObjectApiName: { type: GraphQLString },
    fieldName: { type: GraphQLString },
    relationshipName: { type: GraphQLString },
  },
});

const objectInfoType = new GraphQLObjectType<ObjectInfo, GraphqlContext>({
  name: 'ObjectInfo',
  fields: {
    ApiName: { type: GraphQLString, resolve: ({ apiName }) => apiName },
    childRelationships: { type: new GraphQLList(childRelationship) },
    fields: {
      type: new GraphQLList(field),
      resolve: (info, _args, { access }): FieldSource[] => {
        const owner = access.object(info.apiName);
        return owner ? Object.values(info.fields).map((each) => ({ info: each, owner })) : [];
      },
    },
    nameFields: { type: new GraphQLList(GraphQLString) },
    ...Object.fromEntries(Object.entries(OBJECT_PARTS).map(([name, type]) => [name, { type }])),
  },
});

/** The types behind interfaces, which nothing else of the schema names. */
export const objectInfoExtras = [standardField, picklistField];

/**
 * `uiapi.objectInfos`: metadata of objects with what the user may do with them.
 *
 * Source: GraphQL API Developer Guide, "Query Object Metadata" (query-objectinfo).
 */
export const objectInfosField: GraphQLFieldConfig<unknown, GraphqlContext, { apiNames?: string[] | null }> = {
  type: new GraphQLList(objectInfoType),
  args: { apiNames: { type: new GraphQLList(GraphQLString) } },
  resolve: (_source, { apiNames }, { org, access }) =>
    (apiNames ?? []).map((name) => {
      const object = access.object(name);
      if (!object) throw new OrgError('INVALID_TYPE', `There is no object ${name} that you may read. Check its name.`);
      return objectInfo(org, access, object);
    }),
};
