import { ofKind } from '../metadata/source.ts';
import type { MetadataFile, Source } from '../metadata/source.ts';
import { allTexts, children, isTrue, text, texts } from '../metadata/xml.ts';

const IMPORT = /['"]c\/(\w+)['"]/g;
const TAG = /<c-([a-z0-9-]+)/g;
/** The elements by which metadata places a component. */
const PLACES: ReadonlySet<string> = new Set(['componentName', 'lightningWebComponent', 'lwcComponent']);

interface Use {
  readonly by: string;
  readonly name: string;
}

/** Every component that is named exists, fits the page that it is on, and is used or placed somewhere. */
export function checkComponents(source: Source): string[] {
  const bundles = new Map(ofKind(source, 'js').map((file) => [file.name, file]));
  const inCode = usesInCode(source);
  const placed = placements(source);
  const usedByOthers = new Set(inCode.map(({ name }) => name));
  const onPages = new Set(placed.map(({ name }) => name));
  return [
    ...[...inCode, ...placed]
      .filter(({ name }) => !bundles.has(name))
      .map(({ by, name }) => `${by} names the component ${name}, which does not exist`),
    ...[...bundles.values()].flatMap(({ file, name, xml }) => {
      if (onPages.has(name) && !isTrue(xml, 'isExposed')) return [`${file}: ${name} is on a page and not exposed`];
      return onPages.has(name) || usedByOthers.has(name)
        ? []
        : [`${file}: no page and no other component uses ${name}: place it or delete it`];
    }),
    ...ofKind(source, 'flexipage').flatMap((page) => misplaced(page, bundles)),
    ...[...new Set(source.code.map(({ bundle }) => bundle))]
      .filter((name) => !bundles.has(name))
      .map((name) => `the component ${name} has no ${name}.js-meta.xml`),
  ];
}

function usesInCode({ code }: Source): Use[] {
  return code.flatMap(({ file, bundle, text: content }) => {
    const imports = [...content.matchAll(IMPORT)].map(([, name = '']) => name);
    const tags = [...content.matchAll(TAG)].map(([, tag = '']) => camelCase(tag));
    return [...new Set([...imports, ...tags])].filter((name) => name !== bundle).map((name) => ({ by: file, name }));
  });
}

const camelCase = (tag: string): string => tag.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function placements({ metadata }: Source): Use[] {
  return metadata.flatMap(({ file, xml }) =>
    [...allTexts(xml)].flatMap(([tag, value]) => {
      const name = value.replace(/^c:/, '');
      // What another namespace holds, such as force:detailPanel, is the platform's.
      return PLACES.has(tag) && !name.includes(':') ? [{ by: file, name }] : [];
    }),
  );
}

const TARGETS: Readonly<Record<string, string>> = {
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
  RecordPage: 'lightning__RecordPage',
  UtilityBar: 'lightning__UtilityBar',
};

/** Components of a page that are not meant for its kind, or not for its object. */
function misplaced({ file, xml }: MetadataFile, bundles: ReadonlyMap<string, MetadataFile>): string[] {
  const target = TARGETS[text(xml, 'type')];
  if (target === undefined) return [`${file}: no check knows pages of the type ${text(xml, 'type')}`];
  const object = text(xml, 'sobjectType');
  const names = [...allTexts(xml)].flatMap(([tag, value]) =>
    tag === 'componentName' ? [value.replace(/^c:/, '')] : [],
  );
  return [...new Set(names)].flatMap((name) => {
    const bundle = bundles.get(name);
    if (!bundle) return [];
    const targets = children(bundle.xml, 'targets').flatMap((one) => texts(one, 'target'));
    if (!targets.includes(target)) return [`${file}: ${name} is not for ${target}`];
    const objects = [...allTexts(bundle.xml)].flatMap(([tag, value]) => (tag === 'object' ? [value] : []));
    const fits = target !== 'lightning__RecordPage' || objects.length === 0 || objects.includes(object);
    return fits ? [] : [`${file}: ${name} is not for records of ${object}`];
  });
}
