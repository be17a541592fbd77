import { STANDARD_DATA_OBJECTS } from '../metadata/standardObjects.ts';
import type { ObjectModel } from '../model.ts';
import { describeField } from './describeField.ts';
import type { ApiCall, ApiResponse } from './message.ts';
import type { Routes } from './router.ts';
import { urlObject } from './rows.ts';

/** Describe Global, sObject Basic Information and sObject Describe, as far as the user may see. */
export const describeRoutes: Routes = {
  'GET sobjects': describeGlobal,
  'GET sobjects/:object': basicInformation,
  'GET sobjects/:object/describe': describeObject,
};

function describeGlobal(call: ApiCall): ApiResponse {
  const { org, request } = call;
  const readable = [...org.model.objects.values()].filter(({ name }) => org.access.object(request.user, name).read);
  const sobjects = readable.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((object) => summary(call, object));
  return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
}

function basicInformation(call: ApiCall): ApiResponse {
  const object = urlObject(call, call.params['object'] ?? '');
  return { status: 200, body: { objectDescribe: summary(call, object), recentItems: [] } };
}

function describeObject(call: ApiCall): ApiResponse {
  const { org, request } = call;
  const object = urlObject(call, call.params['object'] ?? '');
  const fields = [...object.fields.values()].flatMap((field) => {
    const { readable, editable } = org.access.field(request.user, object.name, field.name);
    return readable ? [describeField(field, editable)] : [];
  });
  const body = {
    ...summary(call, object),
    actionOverrides: [],
    childRelationships: childRelationships(call, object),
    compactLayoutable: true,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields,
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [masterRecordType(summary(call, object).urls['sobject'] ?? '')],
    searchLayoutable: true,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [{ label: `All ${object.pluralLabel}`, name: 'everything' }],
  };
  return { status: 200, body };
}

function summary({ org, request }: ApiCall, object: ObjectModel) {
  const access = org.access.object(request.user, object.name);
  const base = `/services/data/v${request.version}/sobjects/${object.name}`;
  return {
    ...constants,
    createable: access.create,
    custom: object.custom,
    deletable: access.delete,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.pluralLabel,
    name: object.name,
    queryable: access.read,
    retrieveable: access.read,
    triggerable: isData(object),
    undeletable: isData(object),
    updateable: access.edit,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` } as Record<string, string>,
  };
}

/** Objects that people's data lives in: triggers can run on them and the recycle bin keeps their records. */
const isData = ({ custom, name }: ObjectModel): boolean => custom || STANDARD_DATA_OBJECTS.has(name);

/** What is the same for every object of this org. */
const constants = {
  activateable: false,
  associateEntityType: null,
  associateParentEntity: null,
  customSetting: false,
  deepCloneable: false,
  deprecatedAndHidden: false,
  feedEnabled: false,
  hasSubtypes: false,
  isInterface: false,
  isSubtype: false,
  layoutable: true,
  mergeable: false,
  mruEnabled: true,
  replicateable: true,
  searchable: false,
};

function childRelationships({ org, request }: ApiCall, object: ObjectModel): object[] {
  return object.childRelationships
    .filter(({ childObject }) => org.access.object(request.user, childObject).read)
    .map(({ childObject, field, relationshipName, cascadeDelete }) => ({
      cascadeDelete,
      childSObject: childObject,
      deprecatedAndHidden: false,
      field,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: relationshipName ?? null,
      restrictedDelete: false,
    }));
}

function masterRecordType(objectUrl: string): object {
  return {
    active: true,
    available: true,
    defaultRecordTypeMapping: true,
    developerName: 'Master',
    master: true,
    name: 'Master',
    recordTypeId: '012000000000000AAA',
    urls: { layout: `${objectUrl}/describe/layouts/012000000000000AAA` },
  };
}
