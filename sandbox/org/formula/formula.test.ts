import Big from 'big.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { standardField } from '../metadata/systemFields.ts';
import type { FieldModel, FieldType, FieldValue } from '../model.ts';
import { compileFormula } from './compile.ts';
import { FormulaError } from './formulaError.ts';

const TYPES: Record<string, FieldType> = {
  amount: 'double',
  rate: 'percent',
  empty: 'double',
  name: 'string',
  blank: 'string',
  stage: 'picklist',
  tags: 'multipicklist',
  open: 'boolean',
  due: 'date',
  noday: 'date',
  at: 'datetime',
};
const NOW_VALUES: Record<string, FieldValue> = {
  amount: new Big('12.5'),
  rate: new Big('20'),
  empty: null,
  name: 'Ada Lovelace',
  blank: null,
  stage: 'Open',
  tags: 'red;green',
  open: true,
  due: '2026-01-31',
  noday: null,
  at: '2026-01-31T06:00:00.000Z',
};
const BEFORE: Record<string, FieldValue> = { ...NOW_VALUES, amount: new Big('20'), name: 'Ada' };

interface Options {
  blanksAsZero?: boolean;
  isNew?: boolean;
}

function compile(source: string, blanksAsZero: boolean, inRule = true) {
  return compileFormula(source, {
    allowHistory: inRule,
    allowMoment: inRule,
    blanksAsZero,
    resolve(path) {
      const type = TYPES[path.toLowerCase()];
      if (!type) throw new FormulaError(`Thing has no field ${path}`);
      const field: FieldModel = standardField(path, type, path);
      return { text: path, root: 'record', references: [], objects: ['Thing'], field };
    },
  });
}

function evaluate(source: string, { blanksAsZero = false, isNew = false }: Options = {}): string | boolean | null {
  const value = compile(source, blanksAsZero).evaluate({
    value: (path) => NOW_VALUES[path.text] ?? null,
    prior: (path) => (isNew ? NOW_VALUES : BEFORE)[path.text] ?? null,
    isNew,
    now: new Date('2026-11-22T18:00:00Z'),
    today: '2026-11-22',
  });
  return value instanceof Big ? value.toFixed() : value;
}

function check(cases: Array<[string, string | boolean | null]>, options?: Options): void {
  for (const [source, expected] of cases) assert.equal(evaluate(source, options), expected, source);
}

describe('formulas', () => {
  it('bind operators as Salesforce does', () => {
    check([
      ['1 + 2 * 3', '7'],
      ['(1 + 2) * 3', '9'],
      ['2 * 3 ^ 2', '18'],
      ['10 - 4 - 3', '3'],
      ['8 / 4 / 2', '1'],
      ['-amount + 1', '-11.5'],
      ['1 + 1 = 2 && 2 > 1', true],
      ['FALSE || 1 <> 2', true],
      ['1 == 2 || 1 != 1', false],
      ['!FALSE', true],
      ['"a" & "b" & name', 'abAda Lovelace'],
      ['1 /* one */ + 1', '2'],
    ]);
  });

  it('compute in decimals', () => {
    check([
      ['0.1 + 0.2', '0.3'],
      ['ROUND(2.345, 2)', '2.35'],
      ['ROUND(-2.5, 0)', '-3'],
      ['ROUND(1250, -2)', '1300'],
      ['ROUND(1 / 3, 10)', '0.3333333333'],
      ['amount * rate', '2.5'],
      ['MAX(1, amount, 3)', '12.5'],
      ['MIN(1, amount, 3)', '1'],
      ['MOD(-7, 3)', '2'],
      ['ABS(-1.5)', '1.5'],
      ['CEILING(1.2) + FLOOR(-1.2)', '0'],
      ['SQRT(6.25)', '2.5'],
      ['TRUNC(-2.79, 1) + TRUNC(3.9)', '0.3'],
    ]);
  });

  it('treat texts as Salesforce does', () => {
    check([
      ['LEN(name)', '12'],
      ['LEFT(name, 3) & RIGHT(name, 4)', 'Adalace'],
      ['MID(name, 5, 4)', 'Love'],
      ['UPPER("ab") & LOWER("CD") & TRIM("  x ")', 'ABcdx'],
      ['SUBSTITUTE(name, "a", "4")', 'Ad4 Lovel4ce'],
      ['FIND("Lo", name)', '5'],
      ['LPAD("7", 3, "0")', '007'],
      ['CONTAINS(name, "love")', false],
      ['BEGINS(name, "Ada")', true],
      ['VALUE("1.50")', '1.5'],
      ['TEXT(amount)', '12.5'],
      ['TEXT(stage)', 'Open'],
      ['"it\\"s" & \'it\\\'s\'', 'it"sit\'s'],
      ['name = "ada lovelace"', false],
      ['REGEX("AB12", "[A-Z]{2}[0-9]+")', true],
      ['REGEX("xAB12", "[A-Z]{2}\\\\d+")', false],
      ['ISNUMBER("1.5") && NOT(ISNUMBER("x"))', true],
      ['REVERSE("abc") & BR() & INITCAP("a bILL")', 'cba\nA Bill'],
      ['CASESAFEID("001000000000001")', '001000000000001AAA'],
    ]);
  });

  it('tell blanks apart from values', () => {
    check([
      ['ISBLANK(blank)', true],
      ['ISBLANK(name)', false],
      ['ISBLANK(empty)', true],
      ['ISNULL(blank)', false],
      ['ISNULL(noday)', true],
      ['BLANKVALUE(blank, "none")', 'none'],
      ['NULLVALUE(empty, 3)', '3'],
      ['empty + 1', null],
      ['empty < 5', false],
      ['blank = ""', true],
      ['"x" & blank', 'x'],
    ]);
    check(
      [
        ['empty + 1', '1'],
        ['empty = 0', true],
        ['ISBLANK(empty)', false],
      ],
      { blanksAsZero: true },
    );
  });

  it('choose by condition and by case', () => {
    check([
      ['IF(amount > 10, "much", "little")', 'much'],
      ['CASE(stage, "Draft", 1, "Open", 2, 3)', '2'],
      ['CASE(amount, 1, "one", "other")', 'other'],
      ['AND(open, amount > 1, NOT(open))', false],
      ['OR(ISPICKVAL(stage, "Draft"), INCLUDES(tags, "green"))', true],
      ['IF(TRUE, NULL, 1)', null],
    ]);
  });

  it('reckon with dates', () => {
    check([
      ['due + 1', '2026-02-01'],
      ['DATE(2026, 3, 1) - due', '29'],
      ['at - 0.25', '2026-01-31T00:00:00.000Z'],
      ['WEEKDAY(DATE(2026, 11, 22))', '1'],
      ['DAYOFYEAR(DATE(2024, 12, 31))', '366'],
      ['ISOWEEK(DATE(2027, 1, 3))', '53'],
      ['ISOYEAR(DATE(2027, 1, 3))', '2026'],
      ['ADDMONTHS(due, 1)', '2026-02-28'],
      ['YEAR(due) * 100 + MONTH(due)', '202601'],
      ['DATEVALUE(at) = due', true],
      ['due < TODAY()', true],
      ['TEXT(due)', '2026-01-31'],
      ['noday + 1', null],
      ['noday < due', false],
    ]);
  });

  it('know the state before the save', () => {
    check([
      ['ISNEW()', false],
      ['ISCHANGED(amount)', true],
      ['ISCHANGED(stage)', false],
      ['amount < PRIORVALUE(amount)', true],
    ]);
    check(
      [
        ['ISNEW()', true],
        ['ISCHANGED(amount)', false],
        ['amount = PRIORVALUE(amount)', true],
      ],
      { isNew: true },
    );
  });

  it('have no result where there is none', () => {
    for (const source of ['1 / 0', 'MOD(1, 0)', 'VALUE("x")', 'DATE(2026, 2, 30)', '2 ^ 0.5']) {
      assert.throws(() => evaluate(source), FormulaError, source);
    }
  });
});

describe('formulas that cannot be used', () => {
  const refused: Array<[string, RegExp]> = [
    ['VLOOKUP(name, "a")', /does not support the function VLOOKUP/],
    ['missing__c + 1', /no field missing__c/],
    ['amount & "x"', /& takes a text, not a number/],
    ['stage = "Open"', /cannot take a picklist/],
    ['name = 1', /cannot compare a text with a number/],
    ['IF(amount, 1, 2)', /IF takes a boolean/],
    ['IF(open, 1, "a")', /IF takes a number, not a text/],
    ['LEN(amount)', /argument 1 of LEN must be a text/],
    ['LEFT(name)', /LEFT takes 2 arguments/],
    ['(1 + 2', /unexpected the end at position 7; expected \)/],
    ['1 + ', /unexpected the end/],
    ['"open', /has no closing/],
    ['1 # 2', /unexpected character #/],
    ['TEXT(name)', /TEXT cannot take a text/],
  ];
  for (const [source, message] of refused) {
    it(`say what is wrong: ${source}`, () => {
      assert.throws(() => compile(source, false), message);
    });
  }

  it('are those whose stored value would change by itself', () => {
    for (const source of ['TODAY()', 'NOW()', 'ISNEW()', 'ISCHANGED(name)', 'PRIORVALUE(amount)']) {
      assert.throws(() => compile(source, false, false), FormulaError, source);
    }
  });
});
