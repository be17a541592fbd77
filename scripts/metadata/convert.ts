/** Converts staged sources into the form of the Metadata API, without the Salesforce CLI and without an org. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';

/**
 * Converts a source folder of a staged project into `outputDir`, which is replaced.
 * @returns the number of components in its package.xml
 */
export async function convertSource(sourceDir: string, outputDir: string): Promise<number> {
  rmSync(outputDir, { recursive: true, force: true });
  const components = ComponentSet.fromSource(sourceDir);
  const type = 'directory';
  const [outputDirectory, packageName] = [path.dirname(outputDir), path.basename(outputDir)];
  await new MetadataConverter().convert(components, 'metadata', {
    type,
    outputDirectory,
    packageName,
    genUniqueDir: false,
  });
  return components.size;
}
