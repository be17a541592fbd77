import Type from 'typebox';

/** An input: nothing but what it names. */
export const closed = <T extends Type.TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
export const option = <T extends Type.TSchema>(schema: T) => Type.Optional(schema);

export const text = Type.String({ minLength: 1 });
export const count = Type.Integer({ minimum: 0 });
export const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const limit = option(Type.Integer({ minimum: 1, maximum: 2000, description: 'At most so many; default 50' }));
export const since = option(Type.String({ description: 'Not older than this; ISO 8601' }));
/** The org by its id or by the name of the credential that reaches it; needed only where a name fits several. */
export const org = option(text);
/** An integration by its name or record id. */
export const integration = text;
