import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readSource, ROOT } from '../metadata/source.ts';
import { LANGUAGES, originals } from './originals.ts';
import { translated } from './translated.ts';
import { writeTranslation } from './write.ts';

const PACKAGE = 'force-app/main/default';

describe('the translations', () => {
  const source = readSource(ROOT, ['force-app']);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-translations-'));
  after(() => rmSync(folder, { recursive: true }));

  for (const language of LANGUAGES) {
    it(`into ${language} are written as the repository has them, and read as they were written`, () => {
      writeTranslation(source, language, translated(source, language), path.join(folder, PACKAGE));
      const files = globSync(`${PACKAGE}/{translations,objectTranslations}/**/*${language}.*-meta.xml`, { cwd: ROOT });
      assert.ok(files.length > 5);
      for (const file of files)
        assert.equal(readFileSync(path.join(folder, file), 'utf8'), readFileSync(path.join(ROOT, file), 'utf8'), file);
    });

    it(`into ${language} differ from the English, but for names and codes`, () => {
      const words = translated(source, language);
      const help = originals(source, language).filter(({ key }) => key.startsWith('help:') || key.startsWith('rule:'));
      assert.ok(help.length > 100);
      assert.deepEqual(
        help.filter(({ key, english }) => words.get(key) === english),
        [],
      );
    });
  }

  it('into French put a no-break space before high punctuation', () => {
    const wrong = [...translated(source, 'fr')].filter(([, words]) => / [:;?!»]|« /.test(words));
    assert.deepEqual(wrong, []);
  });
});
