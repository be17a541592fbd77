import { readFileSync } from 'node:fs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

type Content = string | { [tag: string]: Content | Content[] };

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, ignoreDeclaration: true });

/** Metadata that the local org cannot honour; the message names file and element. */
export class MetadataError extends Error {
  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`);
    this.name = 'MetadataError';
  }
}

/**
 * One XML element that remembers which of its children were read, so that `finish` can refuse those that nobody
 * understood.
 */
export class Element {
  readonly file: string;
  readonly tag: string;
  private readonly content: Exclude<Content, string>;
  private readonly read = new Set<string>();

  constructor(file: string, tag: string, content: Content) {
    this.file = file;
    this.tag = tag;
    this.content = typeof content === 'string' ? {} : content;
  }

  private all(tag: string): Content[] {
    this.read.add(tag);
    const found = this.content[tag];
    if (found === undefined) return [];
    return Array.isArray(found) ? found : [found];
  }

  /** The text of a child element; undefined when there is none or it is empty. */
  text(tag: string): string | undefined {
    const [found, second] = this.all(tag);
    if (second !== undefined) throw this.error(`<${tag}> occurs twice`);
    if (found === undefined || found === '') return undefined;
    if (typeof found !== 'string') throw this.error(`<${tag}> must hold text`);
    return found;
  }

  /** The text of a child element that must be there. */
  need(tag: string): string {
    const found = this.text(tag);
    if (found === undefined) throw this.error(`<${tag}> is missing`);
    return found;
  }

  flag(tag: string): boolean {
    const found = this.text(tag) ?? 'false';
    if (found !== 'true' && found !== 'false') throw this.error(`<${tag}> must be true or false, not ${found}`);
    return found === 'true';
  }

  integer(tag: string): number | undefined {
    const found = this.text(tag);
    if (found === undefined) return undefined;
    if (!/^\d+$/.test(found)) throw this.error(`<${tag}> must be a whole number, not ${found}`);
    return Number(found);
  }

  texts(tag: string): string[] {
    return this.all(tag).filter((one) => typeof one === 'string');
  }

  children(tag: string): Element[] {
    return this.all(tag).map((one) => new Element(this.file, tag, one));
  }

  child(tag: string): Element | undefined {
    return this.children(tag)[0];
  }

  /** Refuses child elements that were not read and are not listed as without effect on data. */
  finish(withoutEffect: ReadonlySet<string>): void {
    const unknown = Object.keys(this.content).find((tag) => !this.read.has(tag) && !withoutEffect.has(tag));
    if (unknown)
      throw this.error(`the local org does not support <${unknown}>; remove it or take it out of the source`);
  }

  error(reason: string): MetadataError {
    return new MetadataError(this.file, `in <${this.tag}>: ${reason}`);
  }
}

/** Reads a metadata file whose root element must be `tag`. Throws MetadataError. */
export function readElement(file: string, tag: string): Element {
  const text = readFileSync(file, 'utf8');
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new MetadataError(file, `is not XML: ${valid.err.msg} (line ${valid.err.line})`);
  const root = (parser.parse(text) as Record<string, Content>)[tag];
  if (root === undefined) throw new MetadataError(file, `must hold <${tag}>`);
  return new Element(file, tag, root);
}
