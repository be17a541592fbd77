import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { PublishedContract } from './openApi.ts';
import { ANSWERS } from './routes.ts';
import { message } from './shapes.ts';

/** What local m3ter answered to a request of its API; `path` is without a query. */
export interface Exchange {
  method: string;
  path: string;
  status: number;
  text: string;
}

/** The largest number of violations that are told in full. */
const TOLD = 5;

/**
 * Holds answers against m3ter's contract: the schemas of this folder, which are stricter than m3ter's OpenAPI document
 * and cover every call that local m3ter has, and that document itself where a machine has it.
 */
export class Contract {
  /** What did not fit so far, in words. */
  readonly violations: string[] = [];
  private readonly ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true });
  private readonly validators = new Map<object, ValidateFunction>();
  private readonly published: PublishedContract | undefined;

  /** @param openApiFile m3ter's OpenAPI document as JSON; without it the schemas of this folder stand alone */
  constructor(openApiFile?: string) {
    this.ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/);
    this.ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/);
    for (const format of ['int32', 'int64', 'double', 'url', 'email']) this.ajv.addFormat(format, true);
    this.published = openApiFile === undefined ? undefined : new PublishedContract(this.ajv, openApiFile);
  }

  /** Notes whatever in an answer does not fit; it never throws, so that the server may call it. */
  inspect({ method, path, status, text }: Exchange): void {
    const call = `${method} ${path}`;
    const answer = parse(text);
    if (answer === undefined) return this.note(call, `answered ${status} with no JSON`);
    if (status >= 400) return this.check(call, this.compiled(message), answer);
    const inOrganization = path.replace(/^\/organizations\/[^/]+/, '/organizations/{orgId}');
    const schema = schemaOf(method, inOrganization);
    if (!schema) return this.note(call, 'has no schema. Add it to contract/routes.ts');
    this.check(call, this.compiled(schema), answer);
    const published = this.published?.schemaOf(method, inOrganization);
    if (published) this.check(`${call} in m3ter's OpenAPI document`, published, answer);
  }

  /** @throws {Error} naming the answers that did not fit, if any */
  assertKept(): void {
    if (this.violations.length === 0) return;
    const told = this.violations.slice(0, TOLD).join('\n');
    throw new Error(`${this.violations.length} answers of local m3ter broke m3ter's contract:\n${told}`);
  }

  private check(call: string, validate: ValidateFunction, answer: unknown): void {
    if (!validate(answer)) this.note(call, this.ajv.errorsText(validate.errors?.slice(0, TOLD)));
  }

  private note(call: string, what: string): void {
    this.violations.push(`${call}: ${what}`);
  }

  private compiled(schema: object): ValidateFunction {
    const known = this.validators.get(schema) ?? this.ajv.compile(schema);
    this.validators.set(schema, known);
    return known;
  }
}

const routes = ANSWERS.map(([method, path, schema]) => ({
  method,
  path: new RegExp(`^${path.replace(/[{}]/g, '\\$&').replaceAll('*', '[^/]+')}$`),
  schema,
}));

function schemaOf(method: string, path: string): object | undefined {
  return routes.find((route) => (route.method === '*' || route.method === method) && route.path.test(path))?.schema;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
