import type { FieldModel, ObjectModel, OrgModel } from '../model.ts';
import { MetadataError } from './element.ts';

/** Checks that references and roll-ups point at what exists, and tells every parent of its children. */
export function linkObjects(model: OrgModel): void {
  for (const object of model.objects.values()) {
    for (const field of object.fields.values()) if (field.reference) linkReference(model, object, field);
  }
  for (const object of model.objects.values()) checkMasters(model, object, []);
  for (const object of model.objects.values()) {
    for (const field of object.fields.values()) if (field.summary) linkSummary(model, object, field);
  }
}

function linkReference(model: OrgModel, object: ObjectModel, field: FieldModel): void {
  const reference = field.reference!;
  reference.to = reference.to.map((name) => {
    const parent = model.objects.get(name.toLowerCase());
    if (!parent) throw new MetadataError(`${object.name}.${field.name}`, `refers to the unknown object ${name}`);
    const taken = parent.childRelationships.some(
      (child) =>
        reference.childRelationshipName !== undefined && child.relationshipName === reference.childRelationshipName,
    );
    if (taken) {
      throw new MetadataError(
        `${object.name}.${field.name}`,
        `${parent.name} already has a child relationship ${reference.childRelationshipName}`,
      );
    }
    parent.childRelationships.push({
      childObject: object.name,
      field: field.name,
      cascadeDelete: reference.deleteConstraint === 'Cascade',
      ...(reference.childRelationshipName === undefined ? {} : { relationshipName: reference.childRelationshipName }),
    });
    return parent.name;
  });
}

/** Refuses objects that are, over some steps, details of themselves. */
function checkMasters(model: OrgModel, object: ObjectModel, trail: string[]): void {
  if (trail.includes(object.name)) {
    throw new MetadataError(object.name, `is a detail of itself: ${[...trail, object.name].join(' -> ')}`);
  }
  for (const { reference } of object.fields.values()) {
    if (reference?.kind !== 'masterDetail') continue;
    checkMasters(model, model.objects.get(reference.to[0]!.toLowerCase())!, [...trail, object.name]);
  }
}

/** Resolves names of a roll-up and gives the field the type and size of what it sums. */
function linkSummary(model: OrgModel, object: ObjectModel, field: FieldModel): void {
  const summary = field.summary!;
  const where = `${object.name}.${field.name}`;
  const child = model.objects.get(summary.childObject.toLowerCase());
  const foreignKey = child?.fields.get(summary.foreignKey.toLowerCase());
  if (!child || foreignKey?.reference?.kind !== 'masterDetail' || foreignKey.reference.to[0] !== object.name) {
    throw new MetadataError(
      where,
      `<summaryForeignKey> ${summary.childObject}.${summary.foreignKey} is not a master-detail field to ${object.name}`,
    );
  }
  summary.childObject = child.name;
  summary.foreignKey = foreignKey.name;
  for (const filter of summary.filters) {
    const filtered = child.fields.get(filter.field.toLowerCase());
    if (!filtered) throw new MetadataError(where, `<summaryFilterItems> names the unknown field ${filter.field}`);
    filter.field = filtered.name;
  }
  if (summary.field === undefined) return;
  const summarized = child.fields.get(summary.field.toLowerCase());
  if (!summarized) throw new MetadataError(where, `<summarizedField> names the unknown field ${summary.field}`);
  const number = summarized.scale !== undefined;
  const date = summarized.type === 'date' || summarized.type === 'datetime';
  if (!number && (summary.operation === 'sum' || !date)) {
    throw new MetadataError(where, `<summaryOperation> ${summary.operation} cannot take ${summarized.name}`);
  }
  summary.field = summarized.name;
  field.type = summarized.type;
  if (summarized.scale === undefined) {
    delete field.scale;
    delete field.precision;
  } else field.scale = summarized.scale;
}
