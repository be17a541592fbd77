/** Loads m3ter's official SDK for TypeScript, which is not on the npm registry, from a folder. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * What the SDK's package exports.
 *
 * @throws {Error} when no folder is named, or it holds no package
 */
export async function loadSdk<Package>(folder: string | undefined): Promise<Package> {
  if (!folder) throw new Error('Set M3TER_SDK to the folder of the package m3ter-sdk.');
  const { main = 'index.js' } = (await importFrom(folder, 'package.json')) as { main?: string };
  return (await importFrom(folder, main)) as Package;
}

async function importFrom(folder: string, file: string): Promise<unknown> {
  const url = pathToFileURL(path.resolve(folder, file)).href;
  const type = file.endsWith('.json') ? { with: { type: 'json' } } : {};
  const loaded = (await import(url, type)) as { default: unknown };
  // A package of CommonJS comes as its default.
  const isWrapped = typeof loaded.default === 'object' && loaded.default !== null;
  return isWrapped ? loaded.default : loaded;
}

/** Every item of a list, over all its pages. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
