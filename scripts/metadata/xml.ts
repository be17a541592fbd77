/** An element of a metadata file as parsed: its children by tag, each a list; a string for text alone. */
export type XmlNode = string | XmlElement;
export interface XmlElement {
  readonly [tag: string]: readonly XmlNode[];
}

/** The child elements with a tag that have children themselves. */
export const children = (element: XmlElement, tag: string): XmlElement[] =>
  (element[tag] ?? []).filter((node) => typeof node !== 'string');

/** The texts of the child elements with a tag. */
export const texts = (element: XmlElement, tag: string): string[] =>
  (element[tag] ?? []).filter((node) => typeof node === 'string');

/** The text of the first child element with a tag; empty without one. */
export const text = (element: XmlElement, tag: string): string => texts(element, tag)[0] ?? '';

export const isTrue = (element: XmlElement, tag: string): boolean => text(element, tag) === 'true';

/** Every text below an element, at any depth, with the tag that holds it. */
export function* allTexts(element: XmlElement): Generator<[tag: string, text: string]> {
  for (const [tag, nodes] of Object.entries(element)) {
    for (const node of nodes) {
      if (typeof node === 'string') yield [tag, node];
      else yield* allTexts(node);
    }
  }
}
