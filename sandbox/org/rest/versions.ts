const OLDEST = 50;
const NEWEST = 67;
const SEASONS = ['Winter', 'Spring', 'Summer'];

export interface ApiVersion {
  label: string;
  url: string;
  version: string;
}

/** The API versions the org answers, oldest first; three a year since Winter '21, which was 50.0. */
export function apiVersions(): ApiVersion[] {
  return Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => {
    const version = `${OLDEST + index}.0`;
    const year = 21 + Math.floor(index / 3);
    return { label: `${SEASONS[index % 3]} '${year}`, url: `/services/data/v${version}`, version };
  });
}

/** True for `50.0` to `67.0`. */
export function isApiVersion(version: string): boolean {
  return /^\d+\.0$/.test(version) && Number(version) >= OLDEST && Number(version) <= NEWEST;
}

/**
 * What GET /services/data/vXX.0 lists; clients find out by it who is signed in.
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-discoveryresource.html
 */
export function versionResources(version: string, identity: string): Record<string, string> {
  const base = `/services/data/v${version}`;
  const resources = ['actions', 'composite', 'graphql', 'jobs', 'limits', 'query', 'queryAll', 'sobjects', 'ui-api'];
  return { identity, ...Object.fromEntries(resources.map((name) => [name, `${base}/${name}`])) };
}
