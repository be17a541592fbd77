import { DATE_FUNCTIONS } from './dateFunctions.ts';
import { NUMBER_FUNCTIONS } from './numberFunctions.ts';
import type { PlainFunction } from './plainFunction.ts';
import { TEXT_FUNCTIONS } from './textFunctions.ts';

/** Every function whose arguments are all evaluated first, by name. */
export const PLAIN_FUNCTIONS: Readonly<Record<string, PlainFunction>> = {
  ...NUMBER_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...DATE_FUNCTIONS,
};
