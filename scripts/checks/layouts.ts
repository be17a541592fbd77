import { ofKind } from '../metadata/source.ts';
import type { MetadataFile, Source } from '../metadata/source.ts';
import { children, isTrue, text, texts } from '../metadata/xml.ts';
import { isCustom, without } from './known.ts';

const LONG_TYPES: ReadonlySet<string> = new Set(['LongTextArea', 'Html', 'MultiselectPicklist']);

/**
 * A page layout shows every field of its object. What Salesforce refuses: a layout that leaves out a required field or
 * lets people edit what is calculated; compact and search layouts hold no long texts and no multi-select picklists. Every object has a page
 * layout and a compact layout.
 *
 * Source: Metadata API Developer Guide, Layout and CustomObject (SearchLayouts); Salesforce Help, "Compact Layouts".
 */
export function checkLayouts(source: Source): string[] {
  const fields = fieldsByObject(source);
  const objects = ofKind(source, 'object').filter(({ name }) => isCustom(name));
  return [
    ...ofKind(source, 'layout').flatMap((layout) => pageLayout(layout, fields.get(objectOf(layout)) ?? [])),
    ...ofKind(source, 'compactLayout').flatMap(({ file, object, xml }) =>
      longFields(texts(xml, 'fields'), fields.get(object)).map(
        (name) => `${file} shows ${name}, and compact layouts take no long texts`,
      ),
    ),
    ...objects.flatMap(({ file, name, xml }) =>
      longFields(searchFields(xml), fields.get(name)).map(
        (field) => `${file} shows ${field} in searches, which take no long texts`,
      ),
    ),
    ...without(
      objects.map(({ name }) => name),
      ofKind(source, 'layout').map(objectOf),
    ).map((name) => `${name} has no page layout`),
    ...without(
      objects.map(({ name }) => name),
      ofKind(source, 'compactLayout').map(({ object }) => object),
    ).map((name) => `${name} has no compact layout`),
  ];
}

const objectOf = ({ name }: MetadataFile): string => name.split('-')[0] ?? '';

export function fieldsByObject(source: Source): ReadonlyMap<string, MetadataFile[]> {
  const fields = new Map<string, MetadataFile[]>();
  for (const field of ofKind(source, 'field')) fields.set(field.object, [...(fields.get(field.object) ?? []), field]);
  return fields;
}

export const isCalculated = ({ xml }: MetadataFile): boolean =>
  text(xml, 'formula') !== '' || text(xml, 'type') === 'Summary';

/** Long texts and multi-select picklists, which many parts of Salesforce do not take. */
export const isLong = ({ xml }: MetadataFile): boolean => LONG_TYPES.has(text(xml, 'type'));

function pageLayout({ file, xml }: MetadataFile, fields: readonly MetadataFile[]): string[] {
  const items = children(xml, 'layoutSections')
    .flatMap((section) => children(section, 'layoutColumns'))
    .flatMap((column) => children(column, 'layoutItems'));
  const behaviors = new Map(items.map((item) => [text(item, 'field'), text(item, 'behavior')]));
  return fields.flatMap((field) => {
    const behavior = behaviors.get(field.name);
    const isRequired = isTrue(field.xml, 'required') || text(field.xml, 'type') === 'MasterDetail';
    if (behavior === undefined) return [`${file} leaves out ${field.name}`];
    if (isRequired && behavior !== 'Required') return [`${file} must show ${field.name} as Required`];
    return isCalculated(field) && behavior !== 'Readonly'
      ? [`${file} must show ${field.name} as Readonly: it is calculated`]
      : [];
  });
}

const searchFields = (xml: MetadataFile['xml']): string[] =>
  children(xml, 'searchLayouts').flatMap((layouts) => Object.keys(layouts).flatMap((tag) => texts(layouts, tag)));

const longFields = (names: readonly string[], fields: readonly MetadataFile[] = []): string[] => {
  const long = new Set(fields.filter(isLong).map(({ name }) => name));
  return [...new Set(names)].filter((name) => long.has(name));
};
