import type { FieldModel, SummaryFilter } from '../model.ts';
import type { Element } from './element.ts';

type Reference = NonNullable<FieldModel['reference']>;
type Summary = NonNullable<FieldModel['summary']>;

const SUMMARY_OPERATIONS = ['count', 'sum', 'min', 'max'] as const;

/** Reads what a lookup or master-detail field says of its parent. */
export function readReference(name: string, element: Element, masterDetail: boolean): Reference {
  const child = element.text('relationshipName');
  const reparentable = masterDetail ? element.flag('reparentableMasterDetail') : true;
  const reference: Reference = {
    to: [element.need('referenceTo')],
    relationshipName: name.replace(/__c$/, '__r'),
    kind: masterDetail ? 'masterDetail' : 'lookup',
    reparentable,
    deleteConstraint: masterDetail ? 'Cascade' : readConstraint(element),
  };
  if (child !== undefined) reference.childRelationshipName = `${child}__r`;
  if (masterDetail) reference.writeRequiresMasterRead = element.flag('writeRequiresMasterRead');
  return reference;
}

function readConstraint(element: Element): 'SetNull' | 'Restrict' | 'Cascade' {
  const standard = element.text('required') === 'true' ? 'Restrict' : 'SetNull';
  const constraint = element.text('deleteConstraint') ?? standard;
  if (constraint !== 'SetNull' && constraint !== 'Restrict' && constraint !== 'Cascade') {
    throw element.error(`<deleteConstraint> ${constraint} is not supported by the local org`);
  }
  return constraint;
}

/** Reads a roll-up summary: what it counts or adds up, over which children. */
export function readSummary(element: Element): Summary {
  const [childObject, foreignKey] = split(element, 'summaryForeignKey');
  const operation = SUMMARY_OPERATIONS.find((known) => known === element.need('summaryOperation'));
  if (!operation) throw element.error(`<summaryOperation> ${element.need('summaryOperation')} is not supported`);
  const summary: Summary = { childObject, foreignKey, operation, filters: [] };
  if (operation !== 'count') {
    const [object, field] = split(element, 'summarizedField');
    if (object !== childObject) throw element.error(`<summarizedField> must be a field of ${childObject}`);
    summary.field = field;
  }
  summary.filters = element.children('summaryFilterItems').map((item) => readFilter(item, childObject));
  return summary;
}

function split(element: Element, tag: string): [string, string] {
  const [object, field, more] = element.need(tag).split('.');
  if (!object || !field || more !== undefined) throw element.error(`<${tag}> must be written Object.Field`);
  return [object, field];
}

function readFilter(item: Element, childObject: string): SummaryFilter {
  const [object, field] = split(item, 'field');
  if (object !== childObject) throw item.error(`<field> must be a field of ${childObject}`);
  const operation = item.need('operation');
  if (operation !== 'equals' && operation !== 'notEqual') {
    throw item.error(`<operation> ${operation} is not supported by the local org; use equals or notEqual`);
  }
  const filter = {
    field,
    operation,
    values: (item.text('value') ?? '').split(',').map((value) => value.trim()),
  } as const;
  item.finish(new Set());
  return filter;
}
