/** The words of the person's language, as the server wrote them into the page; English where it wrote none. */
import type { Words } from '../../model.ts';

const words = JSON.parse(document.getElementById('words')?.textContent ?? '{}') as Partial<Words>;

export const labelText = (name: string, english: string): string => words.labels?.[name] ?? english;

export const tabLabel = (apiName: string, english: string): string => words.tabs?.[apiName] ?? english;

export const appLabel = (english: string): string => words.app ?? english;
