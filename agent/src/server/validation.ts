import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { HttpError } from './errors.ts';

const PARTS: Readonly<Record<string, string>> = {
  body: 'The body',
  params: 'The path',
  querystring: 'The query',
};

/**
 * Validates requests by typebox. Texts of a query or path become the numbers and booleans that the schema wants; a
 * body is taken as it is.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> =
  ({ schema, httpPart = 'body' }) =>
  (data: unknown) => {
    const value = httpPart === 'body' ? (data ?? undefined) : Value.Convert(schema, withLists(schema, data));
    if (Value.Check(schema, value)) return { value };
    const [first] = Value.Errors(schema, value);
    const where = first?.instancePath ? `: ${first.instancePath.slice(1).replaceAll('/', '.')}` : '';
    const what = `${PARTS[httpPart] ?? 'The request'} does not fit${where} ${first?.message ?? 'is wrong'}.`;
    return { error: new HttpError(400, what) };
  };

/** Where the schema wants a list, `a,b` and a repeated parameter are one (m3ter's clients send commas). */
function withLists(schema: TSchema, data: unknown): unknown {
  const { properties } = schema as { properties?: Record<string, { type?: unknown }> };
  if (typeof data !== 'object' || data === null || !properties) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => {
      if (properties[name]?.type !== 'array') return [name, value];
      const texts = (Array.isArray(value) ? (value as unknown[]) : [value]).map(String);
      return [name, texts.flatMap((text) => text.split(',')).filter((text) => text !== '')];
    }),
  );
}
