/**
 * Checks every metadata file of the given source folders against the types that Salesforce generates from its
 * Metadata WSDL (@salesforce/types): unknown or missing elements, wrong enum values, wrong types. Needs no org.
 *
 * Usage: node scripts/validate-metadata.ts [folder ...]
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ComponentSet } from '@salesforce/source-deploy-retrieve';

const declarations = createRequire(import.meta.url)
  .resolve('@salesforce/types/metadata')
  .replace(/\.js$/, '.d.ts');
const program = ts.createProgram([declarations], { skipLibCheck: true, types: [], noEmit: true, strict: true });
const checker = program.getTypeChecker();
const metadataTypes = new Map(exportsOf(declarations).map((symbol) => [symbol.name, symbol]));
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@_', parseTagValue: false });

function exportsOf(file: string): ts.Symbol[] {
  const source = program.getSourceFile(file);
  const symbol = source && checker.getSymbolAtLocation(source);
  if (!symbol) throw new Error(`@salesforce/types has no module at ${file}; reinstall the dependencies.`);
  return checker.getExportsOfModule(symbol);
}

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object';
const textOf = (value: unknown): string => String(isObject(value) ? (value['#text'] ?? '') : value);
const isBoolean = (type: ts.Type): boolean =>
  (type.flags & ts.TypeFlags.BooleanLike) !== 0 ||
  (type.isUnion() && type.types.every((part) => (part.flags & ts.TypeFlags.BooleanLiteral) !== 0));

function checkValue(value: unknown, declared: ts.Type, where: string): string[] {
  const type = checker.getNonNullableType(declared);
  const text = textOf(value);
  if (isBoolean(type)) return ['true', 'false'].includes(text) ? [] : [`${where}: not a boolean: ${text}`];
  if (type.flags & ts.TypeFlags.NumberLike) {
    return /^-?\d+(\.\d+)?$/.test(text) ? [] : [`${where}: not a number: ${text}`];
  }
  if (type.isUnion() && type.types.every((part) => part.isStringLiteral())) {
    const allowed = type.types.map((part) => part.value);
    return allowed.includes(text) ? [] : [`${where}: "${text}" is not one of ${allowed.slice(0, 12).join(', ')}`];
  }
  const isText = type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.Any | ts.TypeFlags.Unknown);
  return isText ? [] : checkElements(value, type, where);
}

function checkElements(value: unknown, type: ts.Type, where: string): string[] {
  const known = new Map(checker.getPropertiesOfType(type).map((property) => [property.name, property]));
  const given = isObject(value) ? value : {};
  const problems = Object.entries(given)
    .filter(([name]) => !name.startsWith('@_') && name !== '#text')
    .flatMap(([name, content]) => checkElement(name, content, known.get(name), where));
  for (const [name, property] of known) {
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const isList = checker.isArrayType(checker.getTypeOfSymbol(property));
    if (!optional && !isList && !(name in given) && name !== 'fullName')
      problems.push(`${where}: <${name}> is missing`);
  }
  return problems;
}

function checkElement(name: string, content: unknown, property: ts.Symbol | undefined, where: string): string[] {
  if (!property) return [`${where}: unknown element <${name}>`];
  const declared = checker.getNonNullableType(checker.getTypeOfSymbol(property));
  const items = Array.isArray(content) ? content : [content];
  if (!checker.isArrayType(declared)) {
    const repeated = items.length > 1 ? [`${where}: <${name}> is given ${items.length} times`] : [];
    return [...repeated, ...checkValue(items[0], declared, `${where}/${name}`)];
  }
  const [itemType] = checker.getTypeArguments(declared as ts.TypeReference);
  return items.flatMap((item, i) => (itemType ? checkValue(item, itemType, `${where}/${name}[${i}]`) : []));
}

function checkFile(file: string): string[] {
  const xml = readFileSync(file, 'utf8');
  const where = path.relative(process.cwd(), file);
  const valid = XMLValidator.validate(xml);
  if (valid !== true) return [`${where}:${valid.err.line}: ${valid.err.msg}`];
  const [root, body] =
    Object.entries(parser.parse(xml) as Record<string, unknown>).find(([name]) => name !== '?xml') ?? [];
  const symbol = root === undefined ? undefined : metadataTypes.get(root);
  return symbol
    ? checkElements(body, checker.getDeclaredTypeOfSymbol(symbol), `${where}: ${root}`)
    : [`${where}: Salesforce has no metadata type <${root}>`];
}

const folders = process.argv.slice(2);
const components = ComponentSet.fromSource(folders.length ? folders : ['force-app'])
  .getSourceComponents()
  .toArray();
const files = new Set(
  components.flatMap((component) => [component, ...component.getChildren()]).flatMap(({ xml }) => xml ?? []),
);
const problems = [...files].flatMap(checkFile);
if (problems.length) console.log(problems.join('\n'));
console.log(`${files.size} metadata files, ${problems.length} problems`);
process.exitCode = files.size === 0 || problems.length ? 1 : 0;
