import { FormulaError } from '../formula/formulaError.ts';
import type { FormulaScope } from '../formula/types.ts';
import type { RecordError } from '../model.ts';
import type { ObjectPlan } from './plan.ts';
import { fail, RecordFailure } from './recordFailure.ts';

/** Evaluates every active rule; throws RecordFailure with the messages of all that are broken. */
export function checkRules(plan: ObjectPlan, scope: FormulaScope): void {
  if (plan.rules.length === 0) return;
  const errors: RecordError[] = [];
  for (const { rule, formula } of plan.rules) {
    if (!isBroken(plan, rule.name, () => formula.evaluate(scope) === true)) continue;
    errors.push({
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: rule.message,
      fields: rule.field === undefined ? [] : [rule.field],
    });
  }
  if (errors.length > 0) throw new RecordFailure(errors);
}

function isBroken(plan: ObjectPlan, rule: string, evaluate: () => boolean): boolean {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw fail('UNKNOWN_EXCEPTION', `The validation rule ${plan.object.name}.${rule} has no result: ${error.message}`);
  }
}
