import { readFileSync } from 'node:fs';
import type { Ajv, ValidateFunction } from 'ajv';

interface OpenApi {
  paths: Record<string, Record<string, { responses?: Record<string, { content?: Record<string, unknown> }> }>>;
}

const KEY = 'openapi';

/**
 * Answers that m3ter's document types as something else than what the call is about: a configuration as a Run
 * (`m3ter.md`, 5.1), so that no answer could fit its name and its type.
 */
const MISTYPED = [
  '/organizations/{orgId}/integrationconfigs/{id}',
  '/organizations/{orgId}/integrationconfigs/entity/{entityType}',
];

/** m3ter's OpenAPI document, which is not part of this project: what it says of an answer with status 200. */
export class PublishedContract {
  private readonly ajv: Ajv;
  private readonly document: OpenApi;

  /** @param file the document, or an excerpt of it, as JSON */
  constructor(ajv: Ajv, file: string) {
    // OpenAPI 3.0 writes an exclusive minimum as a flag, which JSON Schema does not know.
    this.document = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
      key === 'exclusiveMinimum' ? undefined : value,
    ) as OpenApi;
    this.ajv = ajv;
    if (!ajv.getSchema(KEY)) ajv.addSchema(this.document, KEY);
  }

  /** The schema of an answer; undefined where the document has none, or one that cannot be meant. */
  schemaOf(method: string, path: string): ValidateFunction | undefined {
    const templates = Object.keys(this.document.paths).filter(
      (template) => fits(template, path) && this.document.paths[template]?.[method.toLowerCase()] !== undefined,
    );
    // Among the paths that fit, the one with the fewest parameters describes the call.
    const [template] = templates.toSorted((a, b) => a.split('{').length - b.split('{').length);
    if (template === undefined || (method === 'GET' && MISTYPED.includes(template))) return undefined;
    if (!this.document.paths[template]?.[method.toLowerCase()]?.responses?.['200']?.content) return undefined;
    const pointer = [template, method.toLowerCase(), 'responses', '200', 'content', 'application/json', 'schema'];
    const reference = pointer.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).map(encodeURIComponent);
    return this.ajv.compile({ $ref: `${KEY}#/paths/${reference.join('/')}` });
  }
}

function fits(template: string, path: string): boolean {
  const [parts, names] = [path.split('/'), template.split('/')];
  return parts.length === names.length && names.every((name, index) => name.startsWith('{') || name === parts[index]);
}
