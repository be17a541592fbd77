/** A formula that cannot be used, or whose evaluation has no result (such as a division by zero). */
export class FormulaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FormulaError';
  }
}
