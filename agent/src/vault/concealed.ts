import { inspect } from 'node:util';

const SHOWN = '[secret]';

/**
 * The same object, but loggers, `JSON.stringify` and `console.log` show `[secret]` in its place. Its fields can be read
 * as ever; a copy by spread is not concealed.
 */
export function concealed<T extends object>(value: T): T {
  const show = { value: () => SHOWN, enumerable: false };
  return Object.defineProperties(value, { toJSON: show, [inspect.custom]: show });
}
