import type { Source } from '../metadata/source.ts';

/** The kinds of metadata that some check looks into. */
const CHECKED: ReadonlySet<string> = new Set([
  'app',
  'compactLayout',
  'customPermission',
  'dashboard',
  'dashboardFolder',
  'field',
  'fieldTranslation',
  'flexipage',
  'js',
  'labels',
  'layout',
  'listView',
  'notiftype',
  'object',
  'objectTranslation',
  'permissionset',
  'report',
  'reportFolder',
  'reportType',
  'settings',
  'tab',
  'translation',
  'validationRule',
]);

/** A kind of metadata that no check knows would go unchecked. */
export const checkKinds = ({ metadata }: Source): string[] =>
  metadata
    .filter(({ kind }) => !CHECKED.has(kind))
    .map(({ file, kind }) => `${file}: no check knows the kind ${kind}; add it to scripts/checks`);
