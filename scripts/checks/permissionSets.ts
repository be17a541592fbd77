import { customFields, customObjects, permissionSets } from '../metadata/grants.ts';
import type { PermissionSet } from '../metadata/grants.ts';
import { ofKind } from '../metadata/source.ts';
import type { Source } from '../metadata/source.ts';
import { children, texts } from '../metadata/xml.ts';
import { isCustom, known, without } from './known.ts';

/** Permission sets name what exists, in a way that Salesforce takes, and everything is granted to somebody. */
export function checkPermissionSets(source: Source): string[] {
  const sets = permissionSets(source);
  return [...unknown(source), ...sets.flatMap((set) => refused(set, source)), ...ungranted(source, sets)];
}

const NAMED = {
  applicationVisibilities: ['application', 'app'],
  customPermissions: ['name', 'customPermission'],
  tabSettings: ['tab', 'tab'],
} as const;

function unknown(source: Source): string[] {
  const { objects } = known(source);
  const fields = new Set(customFields(source).map(({ object, name }) => `${object}.${name}`));
  return ofKind(source, 'permissionset').flatMap(({ file, xml }) => {
    const named = Object.entries(NAMED).flatMap(([tag, [nameTag, kind]]) => {
      const all = children(xml, tag).flatMap((one) => texts(one, nameTag));
      return without(
        all.filter((name) => !name.startsWith('standard')),
        ofKind(source, kind).map(({ name }) => name),
      );
    });
    const noObject = children(xml, 'objectPermissions').flatMap((one) => texts(one, 'object'));
    const noField = children(xml, 'fieldPermissions').flatMap((one) => texts(one, 'field'));
    const missing = [
      ...named,
      ...noObject.filter((name) => isCustom(name) && !objects.has(name)),
      ...noField.filter((name) => isCustom(name) && !fields.has(name)),
    ];
    return missing.map((name) => `${file} grants ${name}, which does not exist`);
  });
}

/** What Salesforce refuses to deploy, or takes and does not honour. */
function refused({ file, objects, fields }: PermissionSet, source: Source): string[] {
  const kinds = new Map(customFields(source).map(({ object, name, access }) => [`${object}.${name}`, access]));
  const needs: Readonly<Record<string, string>> = { create: 'read', edit: 'read', delete: 'edit' };
  const inFields = [...fields].flatMap(([field, access]) => {
    const [object = ''] = field.split('.');
    if (kinds.get(field) === 'always') return [`${file} grants ${field}, which comes with its object: leave it out`];
    if (kinds.get(field) === 'computed' && access === 'edit')
      return [`${file} lets ${field} be edited: it is calculated`];
    return isCustom(object) && !objects.has(object) ? [`${file} grants ${field}, and not to read ${object}`] : [];
  });
  const inObjects = [...objects].flatMap(([object, rights]) =>
    rights.flatMap((right) => {
      const needed = needs[right];
      return needed === undefined || rights.includes(needed) ? [] : [`${file}: ${right} ${object} needs ${needed}`];
    }),
  );
  return [...inFields, ...inObjects];
}

function ungranted(source: Source, sets: readonly PermissionSet[]): string[] {
  const granted = new Set(
    sets.flatMap((set) => [
      ...set.objects.keys(),
      ...set.fields.keys(),
      ...set.applications,
      ...set.tabs,
      ...set.customPermissions,
    ]),
  );
  const all = [
    ...customObjects(source),
    ...customFields(source).flatMap(({ object, name, access }) => (access === 'always' ? [] : [`${object}.${name}`])),
    ...['app', 'tab', 'customPermission'].flatMap((kind) => ofKind(source, kind).map(({ name }) => name)),
  ];
  return without(all, granted).map((name) => `no permission set grants ${name}`);
}
