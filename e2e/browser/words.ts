import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** No word of a language is longer in a cell; an id or an error code may break anywhere. */
const LONGEST_WORD = 20;

/** Fails when a cell of a table is so narrow that words break inside. */
export async function assertWholeWords(page: Page): Promise<void> {
  const broken = await page.locator('main :is(td, th)').evaluateAll(
    (cells, longest) =>
      cells.flatMap((cell) => {
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const text = node.textContent?.trim() ?? '';
          const words = text.split(/[\s-]+/);
          const range = document.createRange();
          range.selectNodeContents(node);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
          if (lines > words.length && words.every(({ length }) => length <= longest)) found.push(text);
        }
        return found;
      }),
    LONGEST_WORD,
  );
  assert.deepEqual(broken, [], 'These words break inside.');
}
