import type { OrgModel } from '../model.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Gives every custom object its three-character key prefix: a00, a01 ... in the order of names. Objects that had one
 * before (from the state file) keep it.
 */
export function assignKeyPrefixes(model: OrgModel, before: ReadonlyMap<string, string>): void {
  const taken = new Set(before.values());
  const free = prefixes();
  const custom = [...model.objects.values()].filter((object) => object.custom);
  custom.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const object of custom) object.keyPrefix = before.get(object.name) ?? nextFree(free, taken);
}

function* prefixes(): Generator<string, undefined> {
  for (const first of DIGITS) for (const second of DIGITS) yield `a${first}${second}`;
  return undefined;
}

function nextFree(free: Generator<string, undefined>, taken: ReadonlySet<string>): string {
  for (;;) {
    const { value } = free.next();
    if (value === undefined) throw new Error('The local org holds at most 3,844 custom objects; load fewer.');
    if (!taken.has(value)) return value;
  }
}
