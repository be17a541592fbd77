import type { Source } from '../metadata/source.ts';
import { checkComponents } from './components.ts';
import { checkFields } from './fields.ts';
import { checkHistory } from './history.ts';
import { checkKinds } from './kinds.ts';
import type { Check } from './known.ts';
import { checkLabels } from './labels.ts';
import { checkLayouts } from './layouts.ts';
import { checkListViews } from './listViews.ts';
import { checkNames } from './names.ts';
import { checkObjectParts } from './objectParts.ts';
import { checkPages } from './pages.ts';
import { checkPermissionSets } from './permissionSets.ts';
import { checkReports } from './reports.ts';
import { checkReportTypes } from './reportTypes.ts';
import { checkTranslations } from './translations.ts';

/** Every check of references, by what it is about. */
export const CHECKS: Readonly<Record<string, Check>> = {
  'kinds of metadata': checkKinds,
  'names of objects, fields and relationships': checkNames,
  'parts of objects': checkObjectParts,
  layouts: checkLayouts,
  'list views': checkListViews,
  fields: checkFields,
  'field history': checkHistory,
  labels: checkLabels,
  translations: checkTranslations,
  components: checkComponents,
  'pages, tabs and apps': checkPages,
  'permission sets': checkPermissionSets,
  'report types': checkReportTypes,
  'reports and dashboards': checkReports,
};

export const checkReferences = (source: Source): string[] => Object.values(CHECKS).flatMap((check) => check(source));
