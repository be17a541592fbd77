import { FormulaError } from '../formula/formulaError.ts';
import type { FieldPath } from '../formula/types.ts';
import type { FieldModel, ObjectModel, OrgModel } from '../model.ts';

const GLOBALS: Readonly<Record<string, { root: FieldPath['root']; object: string }>> = {
  $user: { root: 'user', object: 'user' },
  $profile: { root: 'profile', object: 'profile' },
};

/**
 * Finds what a formula of `object` calls a field: `Amount__c`, `Bill__r.Account__r.Name` or `$User.Username`.
 * Throws FormulaError with the name that does not exist.
 */
export function resolveFieldPath(model: OrgModel, object: ObjectModel, text: string): FieldPath {
  const names = text.split('.');
  const global = GLOBALS[names[0]!.toLowerCase()];
  if (global) names.shift();
  else if (text.startsWith('$')) throw new FormulaError(`the local org does not support ${names[0]}`);
  const last = names.pop() ?? '';
  let current = global ? model.objects.get(global.object)! : object;
  const objects = [current.name];
  const references = names.map((name) => {
    const reference = referenceCalled(current, name);
    if (!reference) throw new FormulaError(`${current.name} has no relationship ${name}`);
    current = model.objects.get(reference.reference!.to[0]!.toLowerCase())!;
    objects.push(current.name);
    return reference;
  });
  const field = current.fields.get(last.toLowerCase());
  if (!field) throw new FormulaError(`${current.name} has no field ${last}`);
  return { text, root: global?.root ?? 'record', references, objects, field };
}

/** The reference field whose parent a query or formula calls by this relationship name. */
export function referenceCalled(object: ObjectModel, relationshipName: string): FieldModel | undefined {
  const wanted = relationshipName.toLowerCase();
  for (const field of object.fields.values()) {
    if (field.reference?.relationshipName.toLowerCase() === wanted) return field;
  }
  return undefined;
}
