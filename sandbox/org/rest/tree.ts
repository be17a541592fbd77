import type { ObjectModel, RecordError } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { atMost, isObject, objectBody, objectList } from './message.ts';
import type { ApiCall, ApiResponse } from './message.ts';
import type { Routes } from './router.ts';
import { newFieldsOf, urlObject } from './rows.ts';

const MOST_RECORDS = 200;
const MOST_LEVELS = 5;
const MOST_TYPES = 5;

/** POST composite/tree/X: creates records with their children, all or none. */
export const treeRoutes: Routes = { 'POST composite/tree/:object': createTree };

interface Node {
  object: ObjectModel;
  referenceId: string;
  fields: Record<string, unknown>;
  /** The lookup to the parent and where the parent stands in the list. */
  parent?: { field: string; index: number };
}

class Rollback extends Error {}

function createTree(call: ApiCall): ApiResponse {
  const object = urlObject(call, call.params['object'] ?? '');
  const nodes: Node[] = [];
  collect(call, nodes, object, objectList(objectBody(call.request.body)['records'], 'records'), 1);
  atMost(nodes, MOST_RECORDS, 'records');
  atMost([...new Set(nodes.map(({ object: { name } }) => name))], MOST_TYPES, 'object types');
  refuseRepeatedReferences(nodes);
  const ids: string[] = [];
  const failures: Array<{ referenceId: string; errors: RecordError[] }> = [];
  try {
    call.org.transaction(() => createAll(call, nodes, ids, failures));
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
  }
  if (failures.length > 0) return { status: 400, body: { hasErrors: true, results: failures }, failed: true };
  const results = nodes.map(({ referenceId }, index) => ({ referenceId, id: ids[index] }));
  return { status: 201, body: { hasErrors: false, results } };
}

function createAll(
  call: ApiCall,
  nodes: Node[],
  ids: string[],
  failures: Array<{ referenceId: string; errors: RecordError[] }>,
): void {
  for (const { object, referenceId, fields, parent } of nodes) {
    const link = parent ? { [parent.field]: ids[parent.index] } : {};
    const result = call.org.save(call.request.user, {
      operation: 'insert',
      object: object.name,
      fields: { ...fields, ...link },
    });
    if (!result.success || result.id === null) {
      failures.push({ referenceId, errors: result.errors });
      throw new Rollback();
    }
    ids.push(result.id);
  }
}

function collect(
  call: ApiCall,
  nodes: Node[],
  object: ObjectModel,
  records: Array<Record<string, unknown>>,
  level: number,
  parent?: Node['parent'],
): void {
  if (level > MOST_LEVELS) throw new OrgError('LIMIT_EXCEEDED', `A tree may be ${MOST_LEVELS} levels deep.`);
  for (const record of records) {
    const { attributes } = record;
    const referenceId = isObject(attributes) ? attributes['referenceId'] : undefined;
    if (typeof referenceId !== 'string') {
      throw new OrgError('INVALID_INPUT', 'Each record of a tree needs attributes.referenceId.');
    }
    const children = Object.entries(record).filter(([, value]) => isObject(value) && 'records' in value);
    const childNames = new Set(['attributes', ...children.map(([name]) => name)]);
    const own = Object.fromEntries(Object.entries(record).filter(([name]) => !childNames.has(name)));
    const index = nodes.push({ object, referenceId, fields: newFieldsOf(own), ...(parent ? { parent } : {}) }) - 1;
    for (const [name, value] of children) {
      const relation = object.childRelationships.find(
        (child) => child.relationshipName?.toLowerCase() === name.toLowerCase(),
      );
      if (!relation) throw new OrgError('INVALID_FIELD', `${object.name} has no children called ${name}.`);
      const list = objectList((value as Record<string, unknown>)['records'], `${name}.records`);
      collect(call, nodes, urlObject(call, relation.childObject), list, level + 1, { field: relation.field, index });
    }
  }
}

function refuseRepeatedReferences(nodes: Node[]): void {
  const ids = nodes.map(({ referenceId }) => referenceId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw new OrgError('INVALID_INPUT', `The referenceId ${twice} is used twice. Give each record its own.`);
}
