import Big from 'big.js';
import type { FieldModel, ObjectModel, Org } from '../model.ts';
import { referenceCalled } from '../records/fieldPaths.ts';
import type { IngestOrder } from './ingestJob.ts';

/** A column that the object does not have: the whole job fails. */
export class InvalidColumn extends Error {}

/** Where a column's cells go: into a field, or into an external id of the parent that a relationship names. */
export interface Column {
  /** Field or relationship name. */
  key: string;
  field: FieldModel;
  /** Set for a relationship: the parent's field. */
  parentField?: FieldModel;
}

const TRUE = new Set(['true', 'yes', 'y', 'on', '1']);
const FALSE = new Set(['false', 'no', 'n', 'off', '0']);
/** Empties a field; an empty cell leaves it as it is. */
const NOTHING = '#N/A';

/**
 * The columns of a job's data by their header: field names, or `Relationship.ExternalIdField`, with the parent's object
 * before a colon where several are possible.
 * https://developer.salesforce.com/docs/platform/api-asynch/guide/datafiles-csv-rel-field-header-row.html
 *
 * @throws {InvalidColumn} for a name that the object does not have, and for anything but Id in a delete job.
 */
export function readColumns(org: Org, { object, operation, user }: IngestOrder, header: string[]): Column[] {
  const isDelete = operation === 'delete';
  return header.map((name) => {
    const column = isDelete && name.toLowerCase() !== 'id' ? undefined : columnCalled(org, object, name);
    if (!column || !org.access.field(user, object.name, column.field.name).readable) {
      throw new InvalidColumn(`InvalidBatch : Field name not found : ${name}`);
    }
    return column;
  });
}

function columnCalled({ model }: Org, object: ObjectModel, name: string): Column | undefined {
  const field = object.fields.get(name.toLowerCase());
  if (field) return { key: field.name, field };
  const [, parent, relationship = '', parentName = ''] = /^(?:(\w+):)?(\w+)\.(\w+)$/.exec(name) ?? [];
  const reference = relationship === '' ? undefined : referenceCalled(object, relationship);
  const parentObject = parent ?? reference?.reference?.to[0] ?? '';
  const parentField = model.objects.get(parentObject.toLowerCase())?.fields.get(parentName.toLowerCase());
  return reference && parentField ? { key: relationship, field: reference, parentField } : undefined;
}

/** A row as the fields of a record: cells that are empty are left out, `#N/A` is null. */
export function recordOf(columns: Column[], row: string[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [index, { key, field, parentField }] of columns.entries()) {
    const cell = row[index] ?? '';
    if (cell === '') continue;
    const value = cell === NOTHING ? null : valueOf(parentField ?? field, cell);
    record[key] = parentField && value !== null ? { [parentField.name]: value } : value;
  }
  return record;
}

/** A cell as its field takes it; what cannot be read stays text, for the org to refuse. */
function valueOf({ type }: FieldModel, cell: string): unknown {
  if (type === 'boolean') {
    const word = cell.trim().toLowerCase();
    if (TRUE.has(word)) return true;
    return FALSE.has(word) ? false : cell;
  }
  const isNumber = type === 'double' || type === 'int' || type === 'currency' || type === 'percent';
  return isNumber && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(cell)
    ? new Big(cell.trim().replace(/^\+/, ''))
    : cell;
}
