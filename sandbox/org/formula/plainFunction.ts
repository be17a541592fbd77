import Big from 'big.js';
import { asNumber } from './types.ts';
import type { FormulaType, FormulaValue } from './types.ts';

/** A function whose arguments are all evaluated first. A blank number or date among them makes the result blank. */
export interface PlainFunction {
  /** Types of the arguments; the last one repeats where `repeats` is set. */
  params: FormulaType[];
  optional?: number;
  repeats?: boolean;
  result: FormulaType;
  apply(args: FormulaValue[]): FormulaValue;
}

/** A number without its digits after the point. */
export const whole = (value: FormulaValue): number => Number(asNumber(value).round(0, Big.roundDown));
