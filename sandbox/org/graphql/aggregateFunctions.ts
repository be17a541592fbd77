import type { FieldModel } from '../model.ts';

/** Schema names of SOQL's date functions. */
export const DATE_FUNCTIONS: Record<string, string> = {
  calendarMonth: 'CALENDAR_MONTH',
  calendarQuarter: 'CALENDAR_QUARTER',
  calendarYear: 'CALENDAR_YEAR',
  dayInMonth: 'DAY_IN_MONTH',
  dayInWeek: 'DAY_IN_WEEK',
  dayInYear: 'DAY_IN_YEAR',
  dayOnly: 'DAY_ONLY',
  hourInDay: 'HOUR_IN_DAY',
  weekInMonth: 'WEEK_IN_MONTH',
  weekInYear: 'WEEK_IN_YEAR',
};

/** Schema names of SOQL's aggregate functions. */
export const AGGREGATE_FUNCTIONS: Record<string, string> = {
  avg: 'AVG',
  count: 'COUNT',
  countDistinct: 'COUNT_DISTINCT',
  max: 'MAX',
  min: 'MIN',
  sum: 'SUM',
};

const TIME_ONLY = ['dayOnly', 'hourInDay'];

/**
 * The functions that a field's values take, by schema name.
 *
 * Source: GraphQL API Developer Guide, "Aggregate Functions for Field Types" (aggregate-support).
 */
export function functionsOf(field: FieldModel): string[] {
  switch (field.type) {
    case 'double':
    case 'int':
    case 'currency':
    case 'percent':
      return ['avg', 'count', 'countDistinct', 'max', 'min', 'sum'];
    case 'date':
      return [
        'count',
        'countDistinct',
        'max',
        'min',
        ...Object.keys(DATE_FUNCTIONS).filter((name) => !TIME_ONLY.includes(name)),
      ];
    case 'datetime':
      return ['count', 'countDistinct', 'max', 'min', ...Object.keys(DATE_FUNCTIONS)];
    case 'boolean':
    case 'multipicklist':
      return [];
    default:
      return ['count', 'countDistinct', 'max', 'min'];
  }
}
