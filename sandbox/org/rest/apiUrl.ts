import { isApiVersion } from './versions.ts';

export interface ApiUrl {
  version: string;
  path: string[];
  query: URLSearchParams;
}

/**
 * Takes the URL of a data API request apart; undefined when it does not start with /services/data/vXX.0/ of a known
 * version or holds a broken percent code.
 */
export function parseApiUrl(url: string): ApiUrl | undefined {
  const [pathname = '', search = ''] = splitOnce(url, '?');
  const match = /^\/services\/data\/v(\d+\.\d+)(\/.*)?$/.exec(pathname);
  const version = match?.[1];
  if (version === undefined || !isApiVersion(version)) return undefined;
  try {
    const path = (match?.[2] ?? '').split('/').filter((segment) => segment !== '');
    return { version, path: path.map(decodeURIComponent), query: new URLSearchParams(search) };
  } catch {
    return undefined;
  }
}

/** A request target with doubled slashes collapsed and without the slash at the end of its path. */
export function tidyTarget(target: string): string {
  const [pathname = '', search] = splitOnce(target, '?');
  const tidy = pathname.replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  return search === undefined ? tidy : `${tidy}?${search}`;
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
