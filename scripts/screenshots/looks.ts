import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { pseudoText } from '../../sandbox/workbench/pseudo.ts';

/** How somebody looks at a page. */
export interface Look {
  context: BrowserContextOptions;
  /** The language of the workbench. */
  language: string;
  /** What a text of the package reads like in this language. */
  say: (text: string) => string;
  /** The size of text, as a person sets it in the browser. */
  textSize: string;
}

const PLAIN: Look = { context: {}, language: 'en', say: (text) => text, textSize: '' };

/** Usual, dark, in forced colours, with text of 200 %, from right to left. */
export const LOOKS: Readonly<Record<string, Look>> = {
  plain: PLAIN,
  dark: { ...PLAIN, context: { colorScheme: 'dark' } },
  contrast: { ...PLAIN, context: { forcedColors: 'active' } },
  large: { ...PLAIN, textSize: '200%' },
  rtl: { ...PLAIN, language: 'ar-XB', say: pseudoText },
};

/** A path of a workbench, opened by a user who looks at it so. */
export async function openPage(
  browser: Browser,
  url: string,
  { user, path }: { user: string; path: string },
  look: Look,
  width: number,
): Promise<Page> {
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ ...look.context, baseURL: url, viewport, reducedMotion: 'reduce' });
  await context.addCookies([
    { name: 'workbench-user', value: user, url },
    { name: 'workbench-language', value: look.language, url },
  ]);
  const page = await context.newPage();
  await page.goto(path);
  await page.evaluate(`document.documentElement.style.fontSize = '${look.textSize}'`);
  return page;
}
