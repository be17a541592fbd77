import type { ListViewModel, ObjectModel } from '../model.ts';
import type { Element } from './element.ts';

const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['language', 'sharedTo', 'queue', 'division']);
const OPERATIONS: ReadonlySet<string> = new Set([
  ...['equals', 'notEqual', 'lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual'],
  ...['contains', 'notContain', 'startsWith', 'includes', 'excludes'],
]);

/**
 * Reads one `*.listView-meta.xml`. Source: Metadata API Developer Guide, "ListView".
 *
 * @throws {MetadataError} for filters that the local org cannot honour.
 */
export function readListView(element: Element): ListViewModel {
  const scope = element.need('filterScope');
  if (scope !== 'Everything' && scope !== 'Mine') {
    throw element.error(`<filterScope> ${scope} is not supported by the local org; use Everything or Mine`);
  }
  const logic = element.text('booleanFilter');
  const view: ListViewModel = {
    name: element.need('fullName'),
    label: element.need('label'),
    columns: element.texts('columns'),
    scope,
    filters: element.children('filters').map(readFilter),
    ...(logic === undefined ? {} : { logic }),
  };
  element.finish(WITHOUT_EFFECT);
  return view;
}

function readFilter(element: Element): ListViewModel['filters'][number] {
  const filter = {
    field: element.need('field'),
    operation: element.need('operation'),
    values: (element.text('value') ?? '').split(',').filter((value) => value !== ''),
  };
  if (!OPERATIONS.has(filter.operation)) {
    throw element.error(`<operation> ${filter.operation} is not supported by the local org`);
  }
  element.finish(new Set());
  return filter;
}

/**
 * Gives an object the list views that Salesforce gives it: "All" for a custom object that brings none of this name, and
 * "All Accounts" and "My Accounts", by the plural label, for a standard one that has owners.
 */
export function addOwnListViews(object: ObjectModel): void {
  const view = (name: string, label: string, scope: ListViewModel['scope'] = 'Everything'): void => {
    if (object.listViews.some((known) => known.name === name)) return;
    object.listViews.push({ name, label, columns: ['NAME'], scope, filters: [] });
  };
  if (object.custom) return view('All', 'All');
  if (!object.fields.has('ownerid')) return;
  const plural = object.pluralLabel;
  view(`All${plural.replaceAll(' ', '')}`, `All ${plural}`);
  view(`My${plural.replaceAll(' ', '')}`, `My ${plural}`, 'Mine');
}
