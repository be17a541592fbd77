import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import fc from 'fast-check';
import {
  evaluateFilter,
  FilterEvaluationError,
  parseFilter,
  validateFilter,
} from '../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';

const matches = (filter: string, account: object): boolean => evaluateFilter(parseFilter(filter), account);
const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const decimalText = fc
  .tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.nat({ max: 12 }))
  .map(([units, scale]) => new Big(units.toString()).div(new Big(10).pow(scale)).toFixed());

/** Pieces of which users' texts consist, in any order. */
const scraps = fc
  .array(
    fc.constantFrom(
      ...['(', ')', '==', '=', '!=', '<', '>=', '+', '-', '*', '/', '%', '^', '?', ':', ',', '.', '[', ']', '"a"'],
      ...["'", '1', '0.5', '1e3', 'AND', 'or', 'NOT', 'IN', 'null', 'TRUE', 'isnull', 'Math.max', 'currency', 'US'],
      ...['customFields', 'address.country', '__proto__', 'constructor', ' ', '\n', 'é', '😀', '\\'],
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(' '));

interface Condition {
  readonly text: string;
  readonly value: boolean;
}

/** A condition beside the answer that it must have. */
const condition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.boolean().map((value) => ({ text: String(value), value })),
    fc
      .tuple(fc.integer(), fc.constantFrom('<', '<=', '==', '!=', '>=', '>'), fc.integer())
      .map(([a, operator, b]) => ({ text: `${a} ${operator} ${b}`, value: compare(a, operator, b) })),
    tie('condition').map(({ text, value }) => ({ text: `NOT (${text})`, value: !value })),
    fc
      .tuple(tie('condition'), tie('condition'))
      .map(([a, b]) => ({ text: `(${a.text}) AND (${b.text})`, value: a.value && b.value })),
    fc
      .tuple(tie('condition'), tie('condition'))
      .map(([a, b]) => ({ text: `(${a.text}) OR (${b.text})`, value: a.value || b.value })),
  ),
})).condition;

function compare(a: number, operator: string, b: number): boolean {
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  return (a === b && operator.endsWith('=')) || (operator.startsWith('<') ? a < b : a > b);
}

describe('the account filter language', () => {
  it('answers every text with a filter or with a position inside it', () => {
    fc.assert(
      fc.property(fc.oneof(scraps, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
        const result = validateFilter(text);
        if (result.valid) return;
        assert.ok(result.position >= 0 && result.position + result.length <= text.length);
        assert.notEqual(result.message, '');
      }),
      { numRuns: 2000 },
    );
  });

  it('gives true, false or a typed error for every filter and Account', () => {
    fc.assert(
      fc.property(
        scraps,
        fc.dictionary(fc.constantFrom('currency', 'customFields', 'a'), fc.anything()),
        (text, account) => {
          if (!validateFilter(text).valid) return;
          try {
            assert.equal(typeof matches(text, account), 'boolean');
          } catch (error) {
            assert.ok(error instanceof FilterEvaluationError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('agrees with plain logic on nested conditions', () => {
    fc.assert(fc.property(condition, ({ text, value }) => text.length > 4000 || matches(text, {}) === value));
  });

  it('finds any quoted text equal to itself only', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(texts, texts, (value, other) => {
        fc.pre(Number.isNaN(Number(value)) || Number.isNaN(Number(other)));
        const account = { customFields: { value } };
        assert.equal(matches(`customFields.value == ${quote(value)}`, account), true);
        assert.equal(matches(`customFields.value == ${quote(other)}`, account), value === other);
      }),
    );
  });

  it('compares numbers as big.js does, whether they are texts, literals or decimal objects', () => {
    fc.assert(
      fc.property(decimalText, decimalText, (a, b) => {
        const account = { customFields: { a, b: new Big(b) } };
        const order = new Big(a).cmp(b);
        assert.equal(matches('customFields.a < customFields.b', account), order < 0);
        assert.equal(matches('customFields.a == customFields.b', account), order === 0);
        assert.equal(matches(`customFields.a > ${b}`, account), order > 0);
      }),
    );
  });

  it('adds and multiplies as big.js does', () => {
    fc.assert(
      fc.property(decimalText, decimalText, (a, b) => {
        const sum = new Big(a).plus(b).toFixed();
        const product = new Big(a).times(b).toFixed();
        assert.equal(matches(`${a} + ${b} == ${sum} AND ${a} * ${b} == ${product}`, {}), true);
      }),
    );
  });

  it('never reaches what objects inherit', () => {
    const inherited = fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype));
    fc.assert(fc.property(inherited, (name) => matches(`customFields[${quote(name)}] == null`, { customFields: {} })));
  });
});
