import { ofKind } from '../metadata/source.ts';
import type { MetadataFile, Source } from '../metadata/source.ts';
import { allTexts, children, text, texts } from '../metadata/xml.ts';
import { without } from './known.ts';
import { columnNames } from './reportTypes.ts';

const LONGEST_NAME = 40;
const LONGEST_HEADER = 80;

/**
 * Dashboards show reports that exist, reports are of types that exist and name columns of these, and each is in a
 * folder of the package.
 *
 * Source: Metadata API Developer Guide, Report and Dashboard.
 */
export function checkReports(source: Source): string[] {
  const reports = ofKind(source, 'report');
  const types = new Map(ofKind(source, 'reportType').map((type) => [`${type.name}__c`, type]));
  const existing = new Set(reports.map(({ name }) => name));
  return [
    ...ofKind(source, 'dashboard').flatMap((dashboard) => dashboardProblems(dashboard, existing)),
    ...without(
      types.keys(),
      reports.map(({ xml }) => text(xml, 'reportType')),
    ).map((name) => `no report uses the report type ${name.replace(/__c$/, '')}`),
    ...reports.flatMap((report) => {
      const type = text(report.xml, 'reportType');
      // Standard report types have columns of their own names, which nothing here knows.
      if (!type.endsWith('__c') || type.includes('$')) return [];
      const definition = types.get(type);
      return definition
        ? reportProblems(report, new Set(columnNames(definition)))
        : [`${report.file} is of the report type ${type}, which does not exist`];
    }),
    ...folders(source, 'report'),
    ...folders(source, 'dashboard'),
  ];
}

/** The elements of a report that name a column. */
const COLUMN_TAGS: ReadonlySet<string> = new Set([
  'column',
  'dateColumn',
  'field',
  'groupingColumn',
  'secondaryGroupingColumn',
  'sortColumn',
]);

function reportProblems({ file, xml }: MetadataFile, columns: ReadonlySet<string>): string[] {
  const named = [...allTexts(xml)].flatMap(([tag, value]) =>
    COLUMN_TAGS.has(tag) && value !== 'RowCount' ? [value] : [],
  );
  const grouped = ['groupingsDown', 'groupingsAcross'].flatMap((tag) =>
    children(xml, tag).flatMap((grouping) => texts(grouping, 'field')),
  );
  const shown = new Set(children(xml, 'columns').flatMap((column) => texts(column, 'field')));
  return [
    ...[...new Set(named)]
      .filter((name) => !columns.has(name))
      .map((name) => `${file} names the column ${name}, which its report type does not have`),
    ...grouped
      .filter((name) => shown.has(name))
      .map((name) => `${file} groups by ${name} and shows it as a column too, which Salesforce refuses`),
    ...tooLong(file, text(xml, 'name'), LONGEST_NAME),
  ];
}

function dashboardProblems({ file, xml }: MetadataFile, reports: ReadonlySet<string>): string[] {
  const all = [...allTexts(xml)];
  return [
    ...all.flatMap(([tag, name]) =>
      tag === 'report' && !reports.has(name) ? [`${file} shows the report ${name}, which does not exist`] : [],
    ),
    ...all.flatMap(([tag, header]) => (tag === 'header' ? tooLong(file, header, LONGEST_HEADER) : [])),
    ...(text(xml, 'runningUser') === '' ? [] : [`${file} names a user, whom no other org has: remove <runningUser>`]),
  ];
}

const tooLong = (file: string, words: string, longest: number): string[] =>
  words.length > longest ? [`${file}: "${words}" is longer than ${longest} characters`] : [];

function folders(source: Source, kind: 'report' | 'dashboard'): string[] {
  const used = new Map(ofKind(source, kind).map(({ file, name }) => [name.split('/')[0] ?? '', file]));
  const defined = ofKind(source, `${kind}Folder`).map(({ name }) => name);
  return [
    ...without(used.keys(), defined).map((name) => `${used.get(name)} is in ${name}, which is no ${kind} folder`),
    ...without(defined, used.keys()).map((name) => `the ${kind} folder ${name} is empty`),
  ];
}
