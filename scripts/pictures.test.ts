import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { ROOT } from '../sandbox/run/system.ts';

const IMAGE = /!\[[^\]]+\]\(([^)]+)\)/g;

it('has every picture in some document, and every picture that a document shows', () => {
  const pages = globSync(['README.md', 'docs/**/*.md'], { cwd: ROOT });
  const shown = pages.flatMap((page) =>
    [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(IMAGE)].map(([, target = '']) =>
      path.join(path.dirname(page), target),
    ),
  );
  assert.deepEqual([...new Set(shown)].sort(), globSync('docs/images/*', { cwd: ROOT }).sort());
});
