/** Makes one SVG sprite per icon category out of the icon templates that the base components ship. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BASE_COMPONENTS_DIR } from './plugins.ts';

const CATEGORIES = ['action', 'custom', 'doctype', 'standard', 'utility'];

/** Writes `icons/<category>.svg` below `dir`; each icon is a symbol whose id is the icon's name. */
export function writeIconSprites(dir: string): void {
  mkdirSync(path.join(dir, 'icons'), { recursive: true });
  for (const category of CATEGORIES) {
    writeFileSync(path.join(dir, 'icons', `${category}.svg`), sprite(category));
  }
}

function sprite(category: string): string {
  const module = `iconSvgTemplates${category.charAt(0).toUpperCase()}${category.slice(1)}`;
  const folder = path.join(BASE_COMPONENTS_DIR, 'src/lightning', module, 'buildTemplates', category);
  const symbols = globSync('*.html', { cwd: folder })
    .sort()
    .map((file) => symbol(path.basename(file, '.html'), readFileSync(path.join(folder, file), 'utf8'), file));
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${symbols.join('')}</svg>`;
}

function symbol(name: string, template: string, file: string): string {
  const svg = /<svg[^>]*?viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/.exec(template);
  if (svg === null) throw new Error(`${file}: no <svg> with a viewBox. The base components have changed their icons.`);
  return `<symbol id="${name}" viewBox="${svg[1]}">${svg[2]?.trim()}</symbol>`;
}
