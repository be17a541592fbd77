import type { PageLayoutModel } from '../model.ts';
import type { Element } from './element.ts';

const BEHAVIORS = ['Edit', 'Required', 'Readonly'] as const;

/**
 * Reads what a `*.layout-meta.xml` says of fields and related lists. What else a layout holds, such as buttons, shows
 * nothing that the local org has.
 *
 * Source: Metadata API Developer Guide, "Layout".
 */
export const readPageLayout = (name: string, element: Element): PageLayoutModel => ({
  name,
  sections: element.children('layoutSections').map((section) => ({
    label: section.text('label') ?? '',
    isHeadingShown: section.flag('detailHeading'),
    columns: section.children('layoutColumns').map((column) => column.children('layoutItems').flatMap(readItem)),
  })),
  relatedLists: element.children('relatedLists').map((list) => ({
    relatedList: list.need('relatedList'),
    fields: list.texts('fields'),
  })),
});

/** A field of a layout; blank spaces, links and components are left out. */
function readItem(item: Element): Array<PageLayoutModel['sections'][number]['columns'][number][number]> {
  const field = item.text('field');
  if (field === undefined) return [];
  const text = item.text('behavior') ?? 'Edit';
  const behavior = BEHAVIORS.find((known) => known === text);
  if (!behavior) throw item.error(`<behavior> ${text} is not one of ${BEHAVIORS.join(', ')}`);
  return [{ field, behavior }];
}
