import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLScalarType } from 'graphql';
import { OrgError } from '../orgError.ts';
import type { ObjectModel } from '../model.ts';
import { MASTER_RECORD_TYPE, objectInfo } from '../uiapi/objectInfo.ts';
import type { FieldInfo, ObjectInfo } from '../uiapi/objectInfo.ts';
import { hasPicklist, picklistValues } from '../uiapi/picklistValues.ts';
import { requireRecordType } from '../uiapi/requests.ts';
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
  compound: GraphQLBoolean,
  compoundComponentName: GraphQLString,
  compoundFieldName: GraphQLString,
  controllerName: GraphQLString,
  createable: GraphQLBoolean,
  custom: GraphQLBoolean,
  dataType: GraphQLString,
  externalId: GraphQLBoolean,
  extraTypeInfo: GraphQLString,
  filterable: GraphQLBoolean,
  highScaleNumber: GraphQLBoolean,
  htmlFormatted: GraphQLBoolean,
  inlineHelpText: GraphQLString,
  label: GraphQLString,
  length: GraphQLInt,
  nameField: GraphQLBoolean,
  polymorphicForeignKey: GraphQLBoolean,
  precision: GraphQLInt,
  reference: GraphQLBoolean,
  relationshipName: GraphQLString,
  required: GraphQLBoolean,
  scale: GraphQLInt,
  searchPrefilterable: GraphQLBoolean,
  sortable: GraphQLBoolean,
  unique: GraphQLBoolean,
  updateable: GraphQLBoolean,
};

const strings = new GraphQLList(GraphQLString);

const picklistValue = new GraphQLObjectType({
  name: 'PicklistValueInfo',
  fields: {
    label: { type: GraphQLString },
    validFor: { type: new GraphQLList(GraphQLInt) },
    value: { type: GraphQLString },
  },
});
const referenceToInfo = new GraphQLObjectType<FieldInfo['referenceToInfos'][number], GraphqlContext>({
  name: 'ReferenceToInfo',
  fields: { ApiName: { type: GraphQLString, resolve: ({ apiName }) => apiName }, nameFields: { type: strings } },
});
const recordTypeInfo = new GraphQLObjectType({
  name: 'RecordTypeInfo',
  fields: {
    available: { type: GraphQLBoolean },
    defaultRecordTypeMapping: { type: GraphQLBoolean },
    master: { type: GraphQLBoolean },
    name: { type: GraphQLString },
    recordTypeId: { type: GraphQLString },
  },
});
const themeInfo = new GraphQLObjectType({
  name: 'ThemeInfo',
  fields: { color: { type: GraphQLString }, iconUrl: { type: GraphQLString } },
});
const dependentField = new GraphQLObjectType({
  name: 'DependentField',
  fields: { controllingField: { type: GraphQLString }, dependentFields: { type: strings } },
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
  controllingFields: { type: strings, resolve: ({ info }) => info.controllingFields },
  referenceToInfos: { type: new GraphQLList(referenceToInfo), resolve: ({ info }) => info.referenceToInfos },
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
    junctionIdListNames: { type: strings },
    junctionReferenceTo: { type: strings },
    relationshipName: { type: GraphQLString },
  },
});

/** An object's metadata, of all its fields or of those that were asked for. */
type ShownObject = ObjectInfo & { fieldNames?: Set<string> | undefined };

const objectInfoType = new GraphQLObjectType<ShownObject, GraphqlContext>({
  name: 'ObjectInfo',
  fields: {
    ApiName: { type: GraphQLString, resolve: ({ apiName }) => apiName },
    childRelationships: { type: new GraphQLList(childRelationship) },
    fields: {
      type: new GraphQLList(field),
      resolve: (info, _args, { access }): FieldSource[] => {
        const owner = access.object(info.apiName);
        const isShown = ({ apiName }: FieldInfo) => info.fieldNames?.has(apiName.toLowerCase()) ?? true;
        const fields = Object.values(info.fields).filter(isShown);
        return owner ? fields.map((each) => ({ info: each, owner })) : [];
      },
    },
    dependentFields: { type: new GraphQLList(dependentField), resolve: () => [] },
    nameFields: { type: strings },
    recordTypeInfos: {
      type: new GraphQLList(recordTypeInfo),
      resolve: ({ recordTypeInfos }) => Object.values(recordTypeInfos),
    },
    themeInfo: { type: themeInfo },
    ...Object.fromEntries(Object.entries(OBJECT_PARTS).map(([name, type]) => [name, { type }])),
  },
});

/** The types behind interfaces, which nothing else of the schema names. */
export const objectInfoExtras = [standardField, picklistField];

interface ObjectInfoInput {
  apiName: string;
  recordTypeIds?: string[] | null;
  fieldNames?: string[] | null;
}
const objectInfoInput = new GraphQLInputObjectType({
  name: 'ObjectInfoInput',
  fields: {
    apiName: { type: new GraphQLNonNull(GraphQLString) },
    recordTypeIds: { type: new GraphQLList(new GraphQLNonNull(GraphQLID)) },
    fieldNames: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
  },
});

interface ObjectInfosArguments {
  apiNames?: string[] | null;
  objectInfoInputs?: ObjectInfoInput[] | null;
  locale?: string | null;
}

/**
 * `uiapi.objectInfos`: metadata of objects with what the user may do with them. Labels are in the one language that the
 * local org has, whatever `locale` says.
 *
 * Source: GraphQL API Developer Guide, "Get Object Metadata" (query-objectinfo).
 */
export const objectInfosField: GraphQLFieldConfig<unknown, GraphqlContext, ObjectInfosArguments> = {
  type: new GraphQLList(objectInfoType),
  args: {
    apiNames: { type: strings },
    locale: { type: GraphQLString },
    objectInfoInputs: { type: new GraphQLList(new GraphQLNonNull(objectInfoInput)) },
  },
  resolve: (_source, { apiNames, objectInfoInputs }, { org, access }): ShownObject[] => {
    const inputs: ObjectInfoInput[] = [
      ...(apiNames ?? []).map((apiName) => ({ apiName })),
      ...(objectInfoInputs ?? []),
    ];
    return inputs.map(({ apiName, fieldNames, recordTypeIds }) => {
      const object = access.object(apiName);
      if (!object) {
        throw new OrgError('INVALID_TYPE', `There is no object ${apiName} that you may read. Check its name.`);
      }
      recordTypeIds?.forEach(requireRecordType);
      const names = fieldNames ? new Set(fieldNames.map((name) => name.toLowerCase())) : undefined;
      return { ...objectInfo(org, access, object), fieldNames: names };
    });
  },
};
