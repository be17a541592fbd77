/** Page layouts and compact layouts of the source folders, for the stand-ins of details and highlights. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { readElement } from '../org/metadata/element.ts';
import type { LayoutModel } from './model.ts';

/** At most one of each object: the first page layout by name, and the compact layout. */
export function readLayouts(sourceDirs: string[]): LayoutModel[] {
  const layouts = new Map<string, LayoutModel>();
  for (const file of files(sourceDirs, '**/layouts/*.layout-meta.xml')) {
    const object = path.basename(file).split('-')[0] ?? '';
    if (!layouts.has(object)) layouts.set(object, { object, sections: sections(file), highlights: [] });
  }
  for (const file of files(sourceDirs, '**/compactLayouts/*.compactLayout-meta.xml')) {
    const layout = layouts.get(path.basename(path.dirname(path.dirname(file))));
    if (layout) layout.highlights = readElement(file, 'CompactLayout').texts('fields');
  }
  return [...layouts.values()];
}

const sections = (file: string): LayoutModel['sections'] =>
  readElement(file, 'Layout')
    .children('layoutSections')
    .map((section) => ({
      label: section.text('label') ?? '',
      columns: section
        .children('layoutColumns')
        .map((column) => column.children('layoutItems').flatMap((item) => item.text('field') ?? [])),
    }));

const files = (sourceDirs: string[], pattern: string): string[] =>
  sourceDirs.flatMap((dir) =>
    globSync(pattern, { cwd: dir })
      .sort()
      .map((name) => path.join(dir, name)),
  );
