import { NEEDS } from '../../agent/src/operations/doctor/permissions.ts';
import { customFields } from '../metadata/grants.ts';
import { ofKind } from '../metadata/source.ts';
import type { Source } from '../metadata/source.ts';
import { text } from '../metadata/xml.ts';
import { columnNames } from './reportTypes.ts';

/**
 * Every field is written or read by the agent or by a component, or calculated for reports; and says what it is, for
 * people and for audits.
 */
export function checkFields(source: Source): string[] {
  const byAgent = new Set(
    NEEDS.flatMap(({ source: object, edits, reads }) => [...edits, ...reads].map((field) => `${object}.${field}`)),
  );
  const code = source.code.map((file) => file.text).join('\n');
  const inReports = new Set(ofKind(source, 'reportType').flatMap(columnNames));
  const unused = customFields(source)
    .filter(({ object, name }) => !byAgent.has(`${object}.${name}`) && !new RegExp(`\\b${name}\\b`).test(code))
    .filter(({ object, name, access }) => access !== 'computed' || !inReports.has(`${object}$${name}`))
    .map(({ object, name }) => `neither the agent nor a component uses the field ${object}.${name}: delete it`);
  const silent = ofKind(source, 'field').flatMap(({ file, xml }) =>
    ['description', 'inlineHelpText', 'securityClassification']
      .filter((element) => text(xml, element) === '')
      .map((element) => `${file} has no <${element}>`),
  );
  return [...unused, ...silent];
}
