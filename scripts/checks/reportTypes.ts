import { ofKind } from '../metadata/source.ts';
import type { MetadataFile, Source } from '../metadata/source.ts';
import { children, isTrue, text } from '../metadata/xml.ts';
import type { XmlElement } from '../metadata/xml.ts';
import { hasField, isCustom, known, without } from './known.ts';

/**
 * Report types: each table is the base object or a path of child relationships that the type joins, and has the
 * columns that the type takes from it; after an outer join comes no inner one.
 *
 * Source: Metadata API Developer Guide, ReportType.
 */
export function checkReportTypes(source: Source): string[] {
  const all = known(source);
  return ofKind(source, 'reportType').flatMap((type) => {
    const tables = tablesOf(type, source);
    const columns = columnsOf(type);
    const tablesOfColumns = columns.map(({ table }) => table);
    return [
      ...columns.flatMap(({ table, field }) => {
        const object = tables.get(table);
        if (object === undefined) return [`${type.file}: nothing joins the table ${table}`];
        const isMissing = isCustom(field) && !hasField(all, object, field);
        return isMissing ? [`${type.file}: ${table} has no field ${field}`] : [];
      }),
      ...without(tables.keys(), tablesOfColumns).map((table) => `${type.file} takes no column from ${table}`),
      ...innerAfterOuter(type.xml, false).map(() => `${type.file} has an inner join after an outer one`),
    ];
  });
}

/** As reports name them: `Bill__c$Name`, `Bill__c.Line_Items__r$Subtotal__c`. */
export const columnNames = (type: MetadataFile): string[] =>
  columnsOf(type).map(({ table, field }) => `${table}$${field}`);

const columnsOf = ({ xml }: MetadataFile): Array<{ table: string; field: string }> =>
  children(xml, 'sections')
    .flatMap((section) => children(section, 'columns'))
    .map((column) => ({ table: text(column, 'table'), field: text(column, 'field') }));

/** The object behind each table of a type. */
function tablesOf({ xml }: MetadataFile, source: Source): ReadonlyMap<string, string> {
  const tables = new Map<string, string>();
  let [object, path] = [text(xml, 'baseObject'), text(xml, 'baseObject')];
  tables.set(path, object);
  for (let [join] = children(xml, 'join'); join; [join] = children(join, 'join')) {
    const relationship = text(join, 'relationship');
    const child = ofKind(source, 'field').find(
      (field) =>
        text(field.xml, 'referenceTo') === object && `${text(field.xml, 'relationshipName')}__r` === relationship,
    );
    if (!child) break;
    object = child.object;
    path = `${path}.${relationship}`;
    tables.set(path, object);
  }
  return tables;
}

function innerAfterOuter(element: XmlElement, isAfterOuter: boolean): XmlElement[] {
  return children(element, 'join').flatMap((join) => {
    const isOuter = isTrue(join, 'outerJoin');
    return [...(isAfterOuter && !isOuter ? [join] : []), ...innerAfterOuter(join, isAfterOuter || isOuter)];
  });
}
