import Big from 'big.js';
import { stringifyExact } from '../shared/exactJson.ts';

/** The JSON text of an entity as m3ter answers it: members that are null stay out. */
export const documentText = (entity: object): string => stringifyExact(withoutNulls(entity));

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Big) return value;
  if (Array.isArray(value)) return value.map(withoutNulls);
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}
