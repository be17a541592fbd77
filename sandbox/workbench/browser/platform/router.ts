/** The page that is open, kept in the address bar. */
import { fromUrl, toUrl } from './pageReference.ts';
import type { PageReference } from './pageReference.ts';

type Listener = (reference: PageReference | undefined) => void;

const listeners = new Set<Listener>();

export const currentPage = (): PageReference | undefined => fromUrl(location.pathname, location.search);

/** Calls the listener after every navigation, also back and forward, until the returned function is called. */
export function onNavigate(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens a page here; a web page elsewhere opens in a tab of its own, as in Lightning Experience. */
export function openPage(reference: PageReference, replace = false): void {
  const url = new URL(toUrl(reference), location.href);
  if (url.origin !== location.origin) window.open(url, '_blank', 'noopener');
  else openPath(url.pathname + url.search, replace);
}

export function openPath(path: string, replace = false): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  announce();
}

function announce(): void {
  const reference = currentPage();
  for (const listener of [...listeners]) listener(reference);
}

window.addEventListener('popstate', announce);
