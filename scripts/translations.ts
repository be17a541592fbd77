/**
 * Lists the texts that a language does not have yet, one a line: language, key, English, separated by tabs. With
 * `--add`, first takes translations from a file of lines with language, key and text, and writes the language's files.
 *
 * Usage: node scripts/translations.ts [--add FILE]
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readSource, ROOT } from './metadata/source.ts';
import { LANGUAGES, originals } from './translations/originals.ts';
import { translated } from './translations/translated.ts';
import { writeTranslation } from './translations/write.ts';

const PACKAGE = ['force-app'];
const { values } = parseArgs({ options: { add: { type: 'string' } } });

if (values.add !== undefined) add(values.add);
const missing = LANGUAGES.flatMap((language) => {
  const source = readSource(ROOT, PACKAGE);
  const words = translated(source, language);
  const open = originals(source, language).filter(({ key }) => !words.has(key));
  return open.map(({ key, english }) => [language, key, english].join('\t'));
});
if (missing.length > 0) console.log(missing.join('\n'));
console.error(`${missing.length} texts are not translated`);
process.exitCode = missing.length > 0 ? 1 : 0;

function add(file: string): void {
  const source = readSource(ROOT, PACKAGE);
  const lines = readFileSync(file, 'utf8').split('\n');
  const given = lines.filter((line) => line.trim() !== '').map((line) => line.split('\t'));
  for (const language of LANGUAGES) {
    const keys = new Set(originals(source, language).map(({ key }) => key));
    const words = translated(source, language);
    for (const [of, key = '', text = ''] of given) {
      if (of !== language) continue;
      if (!keys.has(key)) throw new Error(`${file}: the package has no text ${key}. List the keys without --add.`);
      words.set(key, text);
    }
    const wanted = new Map([...words].filter(([key]) => keys.has(key)));
    writeTranslation(source, language, wanted, path.join(ROOT, 'force-app/main/default'));
  }
}
