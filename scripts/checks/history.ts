import { ofKind } from '../metadata/source.ts';
import type { Source } from '../metadata/source.ts';
import { children, isTrue, text } from '../metadata/xml.ts';
import { fieldsByObject, isCalculated } from './layouts.ts';

/** Salesforce tracks at most this many fields of an object. */
const MOST_TRACKED = 20;

/**
 * Field history: only objects that have it on may track fields, at most 20 each, and no calculated ones.
 *
 * Source: Salesforce Help, "Field History Tracking"; Metadata API Developer Guide, CustomField (trackHistory).
 */
export function checkHistory(source: Source): string[] {
  const fields = fieldsByObject(source);
  return ofKind(source, 'object').flatMap(({ file, name, xml }) => {
    const tracked = (fields.get(name) ?? []).filter((field) => isTrue(field.xml, 'trackHistory'));
    const hasName = children(xml, 'nameField').some((field) => isTrue(field, 'trackHistory'));
    const count = tracked.length + (hasName ? 1 : 0);
    if (!isTrue(xml, 'enableHistory'))
      return count === 0 ? [] : [`${file} tracks ${count} fields and has <enableHistory> off`];
    if (count === 0) return [`${file} has <enableHistory> on and tracks no field`];
    return [
      ...(count > MOST_TRACKED ? [`${file} tracks ${count} fields, and Salesforce tracks ${MOST_TRACKED}`] : []),
      ...tracked
        .filter(isCalculated)
        .map((field) => `${field.file} is tracked, and a ${text(field.xml, 'type')} that is calculated cannot be`),
    ];
  });
}
