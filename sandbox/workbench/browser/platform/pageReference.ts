/** Lightning's URLs for page references, both ways. */

/** As in `lightning/navigation`. */
export interface PageReference {
  type: string;
  attributes: Record<string, unknown>;
  state?: Record<string, string>;
}

/** The URL of a page reference. Throws for types that the workbench has no page for. */
export function toUrl(reference: PageReference): string {
  const query = new URLSearchParams(reference.state ?? {}).toString();
  const attribute = (name: string, fallback = ''): string => {
    const value = reference.attributes[name];
    return typeof value === 'string' ? value : fallback;
  };
  return pathOf(reference.type, attribute) + (query === '' ? '' : `?${query}`);
}

function pathOf(type: string, attribute: (name: string, fallback?: string) => string): string {
  switch (type) {
    case 'standard__recordPage': {
      const object = attribute('objectApiName');
      const id = attribute('recordId');
      return `/lightning/r/${object === '' ? id : `${object}/${id}`}/${attribute('actionName', 'view')}`;
    }
    case 'standard__objectPage':
      return `/lightning/o/${attribute('objectApiName')}/${attribute('actionName', 'list')}`;
    case 'standard__navItemPage':
      return `/lightning/n/${attribute('apiName')}`;
    case 'standard__webPage':
      return attribute('url');
    default:
      throw new Error(`The workbench has no page for ${type}. Use a record, object, tab or web page reference.`);
  }
}

/** The page reference of a path below /lightning and its query; undefined when no page has this address. */
export function fromUrl(path: string, search = ''): PageReference | undefined {
  const [root, kind, ...rest] = path.split('/').filter((part) => part !== '');
  if (root !== 'lightning') return undefined;
  const state = Object.fromEntries(new URLSearchParams(search));
  const [first, second, third] = rest;
  if (kind === 'n' && rest.length === 1) {
    return { type: 'standard__navItemPage', attributes: { apiName: first }, state };
  }
  if (kind === 'o' && rest.length === 2) {
    return { type: 'standard__objectPage', attributes: { objectApiName: first, actionName: second }, state };
  }
  if (kind === 'r' && rest.length === 3) {
    const attributes = { objectApiName: first, recordId: second, actionName: third };
    return { type: 'standard__recordPage', attributes, state };
  }
  if (kind === 'r' && rest.length === 2) {
    return { type: 'standard__recordPage', attributes: { recordId: first, actionName: second }, state };
  }
  return undefined;
}
