import type { ListViewModel, ObjectModel, Org } from '../../model.ts';
import { OrgError } from '../../orgError.ts';
import { makeRecordId, normalizeRecordId } from '../../recordIds.ts';
import type { Access } from '../access.ts';
import { namedObject } from '../requests.ts';
import { columnOf } from './columns.ts';

/** A list view of an object that the user may read. */
export interface NamedView {
  object: ObjectModel;
  view: ListViewModel;
  id: string;
}

const KEY_PREFIX = '00B';
/** The API name of the list of records that the user changed last, which every object has. */
const RECENT = '__Recent';

/** The local org does not know what somebody looked at: it lists what they changed last. */
const recentView = (userId: string): ListViewModel => ({
  name: RECENT,
  label: 'Recently Viewed',
  columns: ['NAME'],
  scope: 'Everything',
  filters: [{ field: 'UPDATEDBY_ID', operation: 'equals', values: [userId] }],
});

/** The list views of an object that show nothing but what the user may read, in the order of their labels. */
export function viewsOf(org: Org, access: Access, object: ObjectModel): NamedView[] {
  const views = object.listViews.filter((view) => view.filters.every(({ field }) => columnOf(access, object, field)));
  return views
    .map((view) => ({ object, view, id: viewId(org, object, view) }))
    .toSorted((a, b) => a.view.label.localeCompare(b.view.label));
}

/**
 * A list view by the API names of object and view, of which `__Recent` exists for every object.
 *
 * @throws {OrgError} NOT_FOUND (404) when there is none that the user may see.
 */
export function viewByName(org: Org, access: Access, objectName: string, viewName: string): NamedView {
  const object = namedObject(access, objectName);
  if (viewName === RECENT) return { object, view: recentView(access.user.id), id: makeRecordId(KEY_PREFIX, 0) };
  const found = viewsOf(org, access, object).find(({ view }) => view.name.toLowerCase() === viewName.toLowerCase());
  if (found) return found;
  throw new OrgError('NOT_FOUND', `${object.name} has no list view ${viewName} that you may see.`, { status: 404 });
}

/** @throws {OrgError} NOT_FOUND (404) when there is none that the user may see. */
export function viewById(org: Org, access: Access, id: string): NamedView {
  const wanted = normalizeRecordId(id);
  const found = access.objects().flatMap((object) => viewsOf(org, access, object).filter((each) => each.id === wanted));
  if (found[0]) return found[0];
  throw new OrgError('NOT_FOUND', `There is no list view ${id} that you may see.`, { status: 404 });
}

/** The place of a view among those of the whole org, whoever looks. */
function viewId(org: Org, object: ObjectModel, view: ListViewModel): string {
  const names = [...org.model.objects.values()].flatMap((each) =>
    each.listViews.map(({ name }) => `${each.name}.${name}`),
  );
  return makeRecordId(KEY_PREFIX, names.toSorted().indexOf(`${object.name}.${view.name}`) + 1);
}
