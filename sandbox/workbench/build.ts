/** Builds what the browser loads: base components, app shell and the project's components; both are kept between runs. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildApp } from './build/app.ts';
import type { AppScript } from './build/app.ts';
import { keptApp } from './build/keptApp.ts';
import { BROWSER_DIR, PLATFORM_MODULES, ROOT } from './build/plugins.ts';
import { buildVendor, isBaseComponent } from './build/vendor.ts';
import { readLanguages } from './languages.ts';
import type { Words } from './model.ts';
import { readLabels, readShellMetadata, readTabSettings } from './metadata.ts';
import { pseudoLanguages } from './pseudo.ts';

export interface WorkbenchBuild {
  /** Folder with the base components' modules and the icon sprites. */
  vendorDir: string;
  /** Where the app expects that folder; another build has another address. */
  vendorUrl: string;
  app: AppScript;
  /** Words by language: the sources' translations and the pseudo-languages. */
  languages: Map<string, Words>;
  /** The tabs that each permission set shows. */
  tabSettings: Map<string, string[]>;
}

export interface BuildOptions {
  /** SFDX source folders with components, labels, app, tabs and flexipages. */
  sourceDirs: string[];
  /** The namespace that the names in the source folders carry. */
  namespace?: string;
  /** Folder to keep in what was built. */
  cacheDir?: string;
  /** Told before the base components are built. */
  log: (text: string) => void;
}

/** Throws with the file's name when a source cannot be compiled, an import not resolved, or metadata is incomplete. */
export async function buildWorkbench({ sourceDirs, namespace, cacheDir, log }: BuildOptions): Promise<WorkbenchBuild> {
  const metadata = { ...readShellMetadata(sourceDirs), prefix: namespace === undefined ? '' : `${namespace}__` };
  const names = usedBaseComponents([...sourceDirs, BROWSER_DIR]);
  const cache = cacheDir ?? path.join(ROOT, '.sandbox/workbench');
  const vendor = await buildVendor(cache, names, () =>
    log('Building the Lightning base components; they are kept for the next start (about ten seconds) ...'),
  );
  const vendorUrl = `/workbench/${path.basename(vendor.dir)}`;
  const labels = readLabels(sourceDirs);
  const app = await keptApp(cache, { sourceDirs, prefix: metadata.prefix, vendorUrl }, () =>
    buildApp(sourceDirs, metadata, labels, vendor, vendorUrl),
  );
  const languages = new Map([...readLanguages(sourceDirs), ...pseudoLanguages(labels, metadata)]);
  return { vendorUrl, vendorDir: vendor.dir, app, languages, tabSettings: readTabSettings(sourceDirs) };
}

/** The base components that templates use as tags and modules import, by module name, sorted. */
function usedBaseComponents(dirs: string[]): string[] {
  const used = new Set<string>();
  for (const dir of dirs) {
    for (const file of globSync('**/*.{html,ts}', { cwd: dir, exclude: (name) => name === '__tests__' })) {
      const text = readFileSync(path.join(dir, file), 'utf8');
      for (const [, tag = ''] of text.matchAll(/<lightning-([a-z-]+)/g)) used.add(camelCase(tag));
      for (const [, name = ''] of text.matchAll(/from ['"]lightning\/(\w+)['"]/g)) used.add(name);
    }
  }
  return [...used].filter((name) => !PLATFORM_MODULES.includes(name) && isBaseComponent(name)).sort();
}

const camelCase = (tag: string): string => tag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
