/** What exists, by name, for the checks of references. */
import { ofKind } from '../metadata/source.ts';
import type { Source } from '../metadata/source.ts';
import { text, texts } from '../metadata/xml.ts';

export interface Known {
  readonly objects: ReadonlySet<string>;
  /** Custom fields by object; standard objects that carry custom fields are among the keys. */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names that end with `__r`, up and down. */
  readonly relationships: ReadonlySet<string>;
}

/** One check: what is wrong, each with file, name and what to do. */
export type Check = (source: Source) => string[];

export function known(source: Source): Known {
  const fields = new Map<string, Set<string>>();
  const relationships = new Set<string>();
  for (const { object, name, xml } of ofKind(source, 'field')) {
    const own = fields.get(object) ?? new Set();
    fields.set(object, own.add(name));
    if (texts(xml, 'referenceTo').length === 0) continue;
    relationships.add(name.replace(/__c$/, '__r'));
    relationships.add(`${text(xml, 'relationshipName')}__r`);
  }
  return { objects: new Set(ofKind(source, 'object').map(({ name }) => name)), fields, relationships };
}

export const isCustom = (name: string): boolean => /__[cr]$/.test(name);

export const hasField = ({ fields }: Known, object: string, field: string): boolean =>
  fields.get(object)?.has(field) ?? false;

/** The members that are missing in another list. */
export const without = <T>(all: Iterable<T>, those: Iterable<T>): T[] => {
  const set = new Set(those);
  return [...all].filter((one) => !set.has(one));
};
