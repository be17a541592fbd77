import { ofKind } from '../metadata/source.ts';
import type { MetadataFile, Source } from '../metadata/source.ts';
import { allTexts, children, isTrue, text, texts } from '../metadata/xml.ts';
import { without } from './known.ts';

interface Reference {
  readonly by: string;
  readonly name: string;
}

/** Every page, tab and app that is named exists, and each leads to the next: app to tab, tab or object to page. */
export function checkPages(source: Source): string[] {
  const pages = new Map(ofKind(source, 'flexipage').map((page) => [page.name, page]));
  const tabs = new Map(ofKind(source, 'tab').map((tab) => [tab.name, tab]));
  const toPages = pageReferences(source);
  const toTabs = tabReferences(source);
  const objects = new Set(ofKind(source, 'object').map(({ name }) => name));
  return [
    ...missing(toPages, pages, 'page'),
    ...missing(toTabs, tabs, 'tab'),
    ...[...tabs.values()].flatMap(({ file, name, xml }) =>
      isTrue(xml, 'customObject') && !objects.has(name) ? [`${file}: there is no object ${name}`] : [],
    ),
    ...[...pages.values()].flatMap(({ file, xml }) => {
      const object = text(xml, 'sobjectType');
      return object.endsWith('__c') && !objects.has(object) ? [`${file}: there is no object ${object}`] : [];
    }),
    ...without(
      pages.keys(),
      toPages.map(({ name }) => name),
    ).flatMap((name) => {
      const { file, xml } = pages.get(name)!;
      // A package cannot assign a page to a standard object: the admin does (docs/admin.md).
      const object = text(xml, 'sobjectType');
      return object !== '' && !object.endsWith('__c') ? [] : [`${file}: no tab, object or app shows this page`];
    }),
    ...without(
      tabs.keys(),
      toTabs.map(({ name }) => name),
    ).flatMap((name) => (hasListViews(source, tabs.get(name)!) ? [] : [`the tab ${name} is in no app`])),
  ];
}

function pageReferences(source: Source): Reference[] {
  const overrides = source.metadata.flatMap(({ file, xml }) =>
    [...children(xml, 'actionOverrides'), ...children(xml, 'profileActionOverrides')]
      .filter((override) => text(override, 'type') === 'Flexipage')
      .map((override) => ({ by: file, name: text(override, 'content') })),
  );
  const named = source.metadata.flatMap(({ file, kind, xml }) => {
    const tag = kind === 'tab' ? 'flexiPage' : kind === 'app' ? 'utilityBar' : '';
    return texts(xml, tag).map((name) => ({ by: file, name }));
  });
  return [...overrides, ...named];
}

const tabReferences = (source: Source): Reference[] =>
  ofKind(source, 'app').flatMap(({ file, xml }) =>
    [...allTexts(xml)]
      .filter(([tag, name]) => tag === 'tabs' && !name.startsWith('standard-'))
      .map(([, name]) => ({ by: file, name })),
  );

/** Without its tab, an object has no page of list views; a component leads there, and the App Launcher. */
const hasListViews = (source: Source, { name, xml }: MetadataFile): boolean =>
  isTrue(xml, 'customObject') &&
  ofKind(source, 'permissionset').some((set) =>
    children(set.xml, 'tabSettings').some((tab) => text(tab, 'tab') === name),
  );

const missing = (references: readonly Reference[], defined: ReadonlyMap<string, unknown>, what: string): string[] =>
  references
    .filter(({ name }) => !defined.has(name))
    .map(({ by, name }) => `${by} names the ${what} ${name}, which does not exist`);
