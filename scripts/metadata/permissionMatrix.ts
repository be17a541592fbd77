/** docs/permissions.md: who may do what, from the permission sets. */
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { customFields, permissionSets } from './grants.ts';
import type { FieldOfObject, PermissionSet } from './grants.ts';
import { ROOT } from './source.ts';
import type { Source } from './source.ts';

export const MATRIX_FILE = path.join(ROOT, 'docs/permissions.md');

const INTRODUCTION = `# Permissions

Who may do what with the package, object by object and field by field. This page is made from the permission sets by
\`npm run permissions\`; a test fails when it is out of date. Review it like code: each line is somebody's right.

- An empty cell is no access.
- Fields marked _with the object_ are required or point to the master record: no record can do without them, so
  Salesforce lets everybody who may read or write the object read or write them.
- Fields marked _calculated_ are formulas and roll-ups: nobody can write them.
- No permission set grants View All, Modify All or a right over all data; a test sees to it.
`;

/** The page as it should be, formatted as the project's formatter wants it. */
export async function permissionMatrix(source: Source): Promise<string> {
  const sets = permissionSets(source);
  const objects = [...new Set([...sets.flatMap((set) => [...set.objects.keys()]), ...fieldObjects(source, sets)])];
  const parts = [
    INTRODUCTION,
    '## Permission sets\n',
    table(['Permission set', 'API name', 'What it is for'], sets.map(setRow)),
    '## Objects\n',
    table(
      ['Object', ...sets.map(label)],
      objects.sort().map((object) => objectRow(object, sets)),
    ),
    '## Apps, tabs and permissions of the user\n',
    table(
      ['What', ...sets.map(label)],
      [
        ...visibleRows('App', sets, (set) => set.applications),
        ...visibleRows('Tab', sets, (set) => set.tabs),
        ...visibleRows('User permission', sets, (set) => set.userPermissions),
        ...visibleRows('Custom permission', sets, (set) => set.customPermissions),
      ],
    ),
    ...objects.map((object) => objectPart(object, source, sets)),
  ];
  return format(parts.join('\n'), { ...(await resolveConfig(MATRIX_FILE)), parser: 'markdown' });
}

const label = (set: PermissionSet): string => set.label;
const code = (name: string): string => `\`${name}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n') + '\n';

const setRow = (set: PermissionSet): string[] => [set.label, code(set.name), set.description];

const objectRow = (object: string, sets: readonly PermissionSet[]): string[] => [
  code(object),
  ...sets.map((set) => (set.objects.get(object) ?? []).join(', ')),
];

function visibleRows(
  what: string,
  sets: readonly PermissionSet[],
  names: (set: PermissionSet) => readonly string[],
): string[][] {
  const all = [...new Set(sets.flatMap(names))].sort();
  return all.map((name) => [`${what} ${code(name)}`, ...sets.map((set) => (names(set).includes(name) ? 'yes' : ''))]);
}

const fieldObjects = (source: Source, sets: readonly PermissionSet[]): string[] => [
  ...customFields(source).map(({ object }) => object),
  ...sets.flatMap((set) => [...set.fields.keys()].map((field) => field.split('.')[0] ?? '')),
];

function objectPart(object: string, source: Source, sets: readonly PermissionSet[]): string {
  const own = customFields(source).filter((field) => field.object === object);
  const known = new Set(own.map(({ name }) => name));
  const standard = [...new Set(sets.flatMap((set) => [...set.fields.keys()]))].flatMap((field): FieldOfObject[] => {
    const [of = '', name = ''] = field.split('.');
    return of === object && !known.has(name) ? [{ object, name, access: 'granted' }] : [];
  });
  const fields = [...own, ...standard].sort((a, b) => (a.name < b.name ? -1 : 1));
  return `## ${object}\n\n${table(
    ['Field', ...sets.map(label)],
    fields.map((field) => fieldRow(field, sets)),
  )}`;
}

const MARKS = { granted: '', always: ' (_with the object_)', computed: ' (_calculated_)' } as const;

function fieldRow(field: FieldOfObject, sets: readonly PermissionSet[]): string[] {
  const cell = (set: PermissionSet): string => {
    if (field.access !== 'always') return set.fields.get(`${field.object}.${field.name}`) ?? '';
    const rights = set.objects.get(field.object) ?? [];
    if (rights.includes('create') || rights.includes('edit')) return 'edit';
    return rights.includes('read') ? 'read' : '';
  };
  return [code(field.name) + MARKS[field.access], ...sets.map(cell)];
}
