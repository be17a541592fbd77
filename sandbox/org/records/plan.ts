import { compileFormula } from '../formula/compile.ts';
import type { Formula, FormulaContext } from '../formula/compile.ts';
import { FormulaError } from '../formula/formulaError.ts';
import { expectType } from '../formula/operators.ts';
import { formulaTypeOf } from '../formula/types.ts';
import { MetadataError } from '../metadata/element.ts';
import type { FieldModel, ObjectModel, OrgModel, ValidationRule } from '../model.ts';
import { addDependencies, orderFormulas } from './dependencies.ts';
import { resolveFieldPath } from './fieldPaths.ts';

/** References that the engine itself sets. */
const SYSTEM_REFERENCES: ReadonlySet<string> = new Set(['CreatedById', 'LastModifiedById']);

export interface FormulaField {
  field: FieldModel;
  formula: Formula;
}

/** From a changed record to the records whose formulas read it: children of children, step by step. */
export type Chain = Array<{ object: string; foreignKey: string }>;

/** A parent whose roll-ups follow from this object's records. */
export interface Feed {
  parent: string;
  foreignKey: string;
  /** Fields whose change matters to a roll-up of the parent. */
  fields: Set<string>;
}

/** What has to be computed and checked for the records of one object, prepared once. */
export interface ObjectPlan {
  object: ObjectModel;
  formulas: FormulaField[];
  summaries: FieldModel[];
  rules: Array<{ rule: ValidationRule; formula: Formula }>;
  /** Default values, as formulas, by field name. */
  defaults: Map<string, Formula>;
  /** By the name of a field of this object: where its changes are read. */
  watches: Map<string, Chain[]>;
  feeds: Feed[];
  /** Active rules read roll-ups, so a child's save can fail by a rule of this object. */
  rulesOnSummaries: boolean;
  /** A parent that this object's records feed, or a parent of that one, has rules on its roll-ups. */
  feedsRules: boolean;
  required: FieldModel[];
  references: FieldModel[];
  unique: FieldModel[];
}

/**
 * Compiles every formula, rule and default value. Throws MetadataError that names object, field or rule and the
 * unknown function or field.
 */
export function planObjects(model: OrgModel): Map<string, ObjectPlan> {
  const plans = new Map<string, ObjectPlan>();
  for (const object of model.objects.values()) plans.set(object.name, planObject(model, object));
  orderFormulas(plans);
  addDependencies(plans);
  return plans;
}

function planObject(model: OrgModel, object: ObjectModel): ObjectPlan {
  const fields = [...object.fields.values()];
  const compile = (what: string, source: string, context: Omit<FormulaContext, 'resolve'>): Formula => {
    try {
      return compileFormula(source, { ...context, resolve: (path) => resolveFieldPath(model, object, path) });
    } catch (error) {
      if (error instanceof FormulaError) throw new MetadataError(`${object.name}.${what}`, error.message);
      throw error;
    }
  };
  return {
    object,
    formulas: fields.flatMap((field) =>
      field.formula === undefined ? [] : [compileField(field, field.formula, compile)],
    ),
    summaries: fields.filter((field) => field.summary),
    rules: object.validationRules
      .filter((rule) => rule.active)
      .map((rule) => ({ rule, formula: compileRule(object, rule, compile) })),
    defaults: new Map(fields.flatMap((field) => compileDefault(field, compile))),
    watches: new Map(),
    feeds: [],
    rulesOnSummaries: false,
    feedsRules: false,
    required: fields.filter((field) => field.required && field.type !== 'boolean'),
    references: fields.filter((field) => field.reference && !SYSTEM_REFERENCES.has(field.name)),
    unique: fields.filter((field) => field.unique),
  };
}

type Compile = (what: string, source: string, context: Omit<FormulaContext, 'resolve'>) => Formula;

function compileField(field: FieldModel, source: string, compile: Compile): FormulaField {
  const blanksAsZero = field.blanksAsZero ?? false;
  const formula = compile(field.name, source, { allowHistory: false, allowMoment: false, blanksAsZero });
  checkResult(field, formula);
  return { field, formula };
}

function compileRule(object: ObjectModel, rule: ValidationRule, compile: Compile): Formula {
  const formula = compile(rule.name, rule.formula, { allowHistory: true, allowMoment: true, blanksAsZero: false });
  if (formula.type !== 'boolean') {
    throw new MetadataError(`${object.name}.${rule.name}`, `the rule must be true or false, not a ${formula.type}`);
  }
  if (rule.field !== undefined && !object.fields.has(rule.field.toLowerCase())) {
    throw new MetadataError(`${object.name}.${rule.name}`, `<errorDisplayField> names the unknown field ${rule.field}`);
  }
  return formula;
}

function compileDefault(field: FieldModel, compile: Compile): Array<[string, Formula]> {
  if (field.defaultValue === undefined) return [];
  const formula = compile(field.name, field.defaultValue, {
    allowHistory: false,
    allowMoment: true,
    blanksAsZero: true,
  });
  if (formula.fields.some((path) => path.root === 'record')) {
    throw new MetadataError(field.name, '<defaultValue> may not read fields of the record');
  }
  checkResult(field, formula);
  return [[field.name, formula]];
}

function checkResult(field: FieldModel, formula: Formula): void {
  const wanted = formulaTypeOf(field);
  try {
    expectType(field.name, formula, wanted === 'picklist' || wanted === 'multipicklist' ? 'text' : wanted);
  } catch (error) {
    throw error instanceof FormulaError ? new MetadataError(field.name, error.message) : error;
  }
}
