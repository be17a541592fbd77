/** Page layouts and compact layouts of the source folders, for the stand-ins of details and highlights. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { LayoutModel } from './model.ts';

type Xml = { [tag: string]: Xml[] | string[] | undefined };

const parser = new XMLParser({ isArray: (_name, path) => String(path).includes('.'), parseTagValue: false });

/** At most one of each object: the first page layout by name, and the compact layout. */
export function readLayouts(sourceDirs: string[]): LayoutModel[] {
  const layouts = new Map<string, LayoutModel>();
  for (const file of files(sourceDirs, '**/layouts/*.layout-meta.xml')) {
    const object = path.basename(file).split('-')[0] ?? '';
    if (!layouts.has(object)) layouts.set(object, { object, sections: sections(read(file, 'Layout')), highlights: [] });
  }
  for (const file of files(sourceDirs, '**/compactLayouts/*.compactLayout-meta.xml')) {
    const layout = layouts.get(path.basename(path.dirname(path.dirname(file))));
    if (layout) layout.highlights = (read(file, 'CompactLayout')['fields'] ?? []).map(String);
  }
  return [...layouts.values()];
}

const sections = (layout: Xml): LayoutModel['sections'] =>
  children(layout, 'layoutSections').map((section) => ({
    label: String(section['label']?.[0] ?? ''),
    columns: children(section, 'layoutColumns').map((column) =>
      children(column, 'layoutItems').map((item) => String(item['field']?.[0] ?? '')),
    ),
  }));

const children = (xml: Xml, tag: string): Xml[] =>
  (xml[tag] ?? []).filter((child): child is Xml => typeof child === 'object');

function read(file: string, root: string): Xml {
  const body = (parser.parse(readFileSync(file, 'utf8')) as Record<string, Xml | undefined>)[root];
  if (typeof body !== 'object') throw new Error(`${file}: expected one <${root}>. Check the file.`);
  return body;
}

const files = (sourceDirs: string[], pattern: string): string[] =>
  sourceDirs.flatMap((dir) =>
    globSync(pattern, { cwd: dir })
      .sort()
      .map((name) => path.join(dir, name)),
  );
