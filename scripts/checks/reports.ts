import { ofKind } from '../metadata/source.ts';
import type { Source } from '../metadata/source.ts';
import { allTexts, children, text } from '../metadata/xml.ts';
import { hasField, isCustom, known, without } from './known.ts';

/** Dashboards show reports that exist, reports are of types that exist, and each is in a folder of the package. */
export function checkReports(source: Source): string[] {
  const reports = ofKind(source, 'report');
  const types = ofKind(source, 'reportType').map(({ name }) => name);
  const named = ofKind(source, 'dashboard').flatMap(({ file, xml }) =>
    [...allTexts(xml)].flatMap(([tag, name]) => (tag === 'report' ? [{ file, name }] : [])),
  );
  const existing = new Set(reports.map(({ name }) => name));
  const used = reports.map(({ xml }) => text(xml, 'reportType').replace(/__c$/, ''));
  return [
    ...named
      .filter(({ name }) => !existing.has(name))
      .map(({ file, name }) => `${file} shows the report ${name}, which does not exist`),
    ...without(types, used).map((name) => `no report uses the report type ${name}`),
    ...reports.flatMap(({ file, xml }) => {
      const type = text(xml, 'reportType');
      return type.endsWith('__c') && !type.includes('$') && !types.includes(type.replace(/__c$/, ''))
        ? [`${file} is of the report type ${type}, which does not exist`]
        : [];
    }),
    ...folders(source, 'report'),
    ...folders(source, 'dashboard'),
    ...typeFields(source),
  ];
}

function folders(source: Source, kind: 'report' | 'dashboard'): string[] {
  const used = new Map(ofKind(source, kind).map(({ file, name }) => [name.split('/')[0] ?? '', file]));
  const defined = ofKind(source, `${kind}Folder`).map(({ name }) => name);
  return [
    ...without(used.keys(), defined).map((name) => `${used.get(name)} is in ${name}, which is no ${kind} folder`),
    ...without(defined, used.keys()).map((name) => `the ${kind} folder ${name} is empty`),
  ];
}

/** Columns of the base object of a report type; those of joined objects are found by the check of names. */
function typeFields(source: Source): string[] {
  const all = known(source);
  return ofKind(source, 'reportType').flatMap(({ file, xml }) =>
    children(xml, 'sections')
      .flatMap((section) => children(section, 'columns'))
      .filter((column) => {
        const [table, field] = [text(column, 'table'), text(column, 'field')];
        return all.fields.has(table) && isCustom(field) && !field.includes('.') && !hasField(all, table, field);
      })
      .map((column) => `${file}: ${text(column, 'table')} has no field ${text(column, 'field')}`),
  );
}
