/**
 * JSON Schemas of what local m3ter answers: the fields and types of m3ter's OpenAPI document for the entities that
 * it serves, and, stricter than that document, no field that it does not name.
 */
export const text = { type: 'string' } as const;
export const number = { type: 'number' } as const;
export const whole = { type: 'integer' } as const;
export const flag = { type: 'boolean' } as const;
export const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } as const;
export const instant = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?Z$',
} as const;
export const anything = { type: 'object' } as const;

/** An object with these fields and no other. */
export const object = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

export const listOf = (items: object) => ({ type: 'array', items });

/** The same schema under several names, which are separated by blanks. */
export const same = (names: string, schema: object): Record<string, object> =>
  Object.fromEntries(names.split(' ').map((name) => [name, schema]));

export const oneOf = (names: string) => ({ type: 'string', enum: names.split(' ') });

export const identity = { id: text, version: whole };
export const audit = { dtCreated: instant, dtLastModified: instant, createdBy: text, lastModifiedBy: text };

export const pageOf = (entity: object) => object({ data: listOf(entity), nextToken: text }, ['data']);

export const token = object({ access_token: text, expires_in: whole, token_type: text, scope: text }, [
  'access_token',
  'expires_in',
]);

export const message = object({ message: text }, ['message']);
