import type { ObjectModel } from '../model.ts';

/** Makes something once for each object, when it is first asked for; types that refer to each other need this. */
export function onceForEach<Value>(make: (object: ObjectModel) => Value): (object: ObjectModel) => Value {
  const made = new Map<string, Value>();
  return (object) => {
    let value = made.get(object.name);
    if (value === undefined) {
      value = make(object);
      made.set(object.name, value);
    }
    return value;
  };
}
