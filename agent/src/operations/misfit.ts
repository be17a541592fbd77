import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** The first place where a value from outside does not fit a schema, and why; undefined when it fits. */
export function misfit(schema: TSchema, value: unknown): string | undefined {
  if (Value.Check(schema, value)) return undefined;
  const [first] = Value.Errors(schema, value);
  const where = first?.instancePath ? `${first.instancePath.slice(1)} ` : '';
  if (first?.keyword === 'boolean') return `${where}is not known`;
  if (first?.keyword === 'enum') return `${where}takes ${first.params.allowedValues.join(', ')}`;
  return where + (first?.message ?? 'is wrong');
}
