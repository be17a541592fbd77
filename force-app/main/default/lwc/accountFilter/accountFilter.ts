/**
 * m3ter's account filter language, for the wizard in Salesforce and for the agent: one file without imports, and
 * nothing in it is ever run as code.
 *
 * From low to high: `c ? a : b`, OR, AND, NOT, comparison (== != < <= > >= IN, not chained), + -, * / %, sign, ^.
 * - A word alone to the right of a comparison or in a list of IN is a text, unless it is a field (`currency == USD`).
 * - A path that leads nowhere is null. null equals null only, and is neither less nor greater than anything.
 * - Numbers are decimals and exact. Two values compare as numbers when both are numbers or texts that hold a plain
 *   one; a text with leading zeros or an exponent is a code and compares as text. Text `true` equals true.
 * - Arithmetic with what is not a number, with zero as divisor or beyond 400 digits gives null.
 */
export type FilterNode =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'path'; readonly path: readonly string[] }
  | { readonly kind: 'unary'; readonly operator: 'NOT' | '+' | '-'; readonly operand: FilterNode }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: FilterNode; readonly right: FilterNode }
  | { readonly kind: 'ternary'; readonly test: FilterNode; readonly yes: FilterNode; readonly no: FilterNode }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly FilterNode[] };

export type FilterValidation =
  | { readonly valid: true }
  | { readonly valid: false; readonly message: string; readonly position: number; readonly length: number };

type Literal = string | boolean | null | Decimal;
/** A map, such as all custom fields, is good for nothing but a comparison with null. */
type Value = Literal | object;

/** Fields that a filter is meant to use. Any custom field follows `customFields.` or stands in `customFields["..."]`. */
export const FILTER_FIELDS: readonly string[] = [
  'id',
  'accountName',
  'accountCode',
  'currency',
  'customFields',
  ...['addressLine1', 'addressLine2', 'addressLine3', 'addressLine4'].map((line) => `address.${line}`),
  ...['locality', 'region', 'postCode', 'country'].map((part) => `address.${part}`),
];
/** The filter's names of fields that m3ter's API names differently. */
const ALIASES = new Map([
  ['accountName', 'name'],
  ['accountCode', 'code'],
]);
const ROOTS = new Set([...FILTER_FIELDS.map((field) => field.replace(/\..*/, '')), ...ALIASES.values()]);

const MAX_LENGTH = 4000;
const MAX_DEPTH = 100;
const MAX_DIGITS = 400;
const QUOTIENT_DIGITS = 40;

/** The text is not a filter. `position` counts UTF-16 units from 0, as text inputs do. */
export class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError';
  readonly position: number;
  readonly length: number;

  constructor(message: string, position: number, length: number) {
    super(message);
    this.position = position;
    this.length = length;
  }
}

/** The filter has no answer for an Account: where true or false is needed there is something else. */
export class FilterEvaluationError extends Error {
  override readonly name = 'FilterEvaluationError';
}

/** The exact number `units / 10^scale`. */
class Decimal {
  readonly units: bigint;
  readonly scale: number;

  constructor(units: bigint, scale: number) {
    this.units = units;
    this.scale = scale;
  }
}

const ONE = new Decimal(1n, 0);
const tenTo = (exponent: number): bigint => 10n ** BigInt(exponent);
const digitsOf = (units: bigint): number => units.toString().replace('-', '').length;

/** The decimal, or null where it is too large or too fine to go on calculating with. */
function decimal(units: bigint, scale: number): Decimal | null {
  return Math.abs(scale) > MAX_DIGITS || digitsOf(units) > MAX_DIGITS ? null : new Decimal(units, scale);
}

function parseDecimal(text: string): Decimal | null {
  const [, whole, fraction = '', exponent = '0'] = /^([+-]?\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === undefined || text.length > 2 * MAX_DIGITS) return null;
  const [sign, digits] = whole.startsWith('-') ? [-1n, whole.slice(1)] : [1n, whole.replace('+', '')];
  return decimal(sign * BigInt(digits + fraction), fraction.length - Number(exponent));
}

/** Both numbers in units of the finer scale. */
function align(a: Decimal, b: Decimal): [left: bigint, right: bigint, scale: number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * tenTo(scale - a.scale), b.units * tenTo(scale - b.scale), scale];
}

function compareDecimals(a: Decimal, b: Decimal): number {
  const [left, right] = align(a, b);
  return left < right ? -1 : Number(left > right);
}

function negate(a: Decimal): Decimal {
  return new Decimal(-a.units, a.scale);
}

function add(a: Decimal, b: Decimal): Decimal | null {
  const [left, right, scale] = align(a, b);
  return decimal(left + right, scale);
}

function divide(a: Decimal, b: Decimal): Decimal | null {
  if (b.units === 0n) return null;
  const shift = Math.max(0, QUOTIENT_DIGITS + digitsOf(b.units) - digitsOf(a.units));
  let units = (a.units * tenTo(shift)) / b.units;
  let scale = a.scale - b.scale + shift;
  for (; scale > 0 && units % 10n === 0n; scale--) units /= 10n;
  return decimal(units, scale);
}

function modulo(a: Decimal, b: Decimal): Decimal | null {
  if (b.units === 0n) return null;
  const [left, right, scale] = align(a, b);
  return decimal(left % right, scale);
}

function toNumber(a: Decimal): number {
  return Number(`${a.units}e${-a.scale}`);
}

/** Exact for whole exponents; any other power is as exact as a JavaScript number. */
function power(a: Decimal, b: Decimal): Decimal | null {
  const exponent = toNumber(b);
  if (!Number.isInteger(exponent)) return parseDecimal(String(toNumber(a) ** exponent));
  const count = Math.abs(exponent);
  if (count > MAX_DIGITS || (digitsOf(a.units) - 1) * count > MAX_DIGITS) return null;
  const raised = decimal(a.units ** BigInt(count), a.scale * count);
  return raised && exponent < 0 ? divide(ONE, raised) : raised;
}

/** The largest number with `places` decimals that is not above; negative places are powers of ten. */
function floor(a: Decimal, places: number): Decimal | null {
  if (a.scale <= places) return a;
  const step = tenTo(a.scale - places);
  const isInexactNegative = a.units < 0n && a.units % step !== 0n;
  return decimal(a.units / step - (isInexactNegative ? 1n : 0n), places);
}

function ceil(a: Decimal, places: number): Decimal | null {
  const lower = floor(negate(a), places);
  return lower && negate(lower);
}

function round(a: Decimal, places: number): Decimal | null {
  const raised = add(a, new Decimal(5n, places + 1));
  return raised && floor(raised, places);
}

/** A text holds a number when it is written as one writes amounts; anything else may be a code. */
function numeric(value: Value): Decimal | null {
  if (value instanceof Decimal) return value;
  return typeof value === 'string' && /^[+-]?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value) ? parseDecimal(value) : null;
}

function equals(left: Value, right: Value): boolean {
  const [a, b] = [numeric(left), numeric(right)];
  if (a && b) return compareDecimals(a, b) === 0;
  if (typeof left === 'boolean' && typeof right === 'string') return String(left) === right.toLowerCase();
  if (typeof right === 'boolean' && typeof left === 'string') return String(right) === left.toLowerCase();
  return left === right;
}

const ARITHMETIC = new Map<string, (a: Decimal, b: Decimal) => Decimal | null>([
  ['+', add],
  ['-', (a, b) => add(a, negate(b))],
  ['*', (a, b) => decimal(a.units * b.units, a.scale + b.scale)],
  ['/', divide],
  ['%', modulo],
  ['^', power],
]);

interface FunctionDefinition {
  readonly min: number;
  readonly max: number;
  readonly takes: string;
  readonly apply: (args: readonly Value[]) => Value;
}

/** A function of numbers only: null as soon as one argument is something else. */
function ofNumbers(
  [min, max, takes]: readonly [min: number, max: number, takes: string],
  calculate: (first: Decimal, others: readonly Decimal[]) => Decimal | null,
): FunctionDefinition {
  const apply = (args: readonly Value[]) => {
    const [first, ...others] = args.map(numeric).filter((number) => number !== null);
    return first && others.length === args.length - 1 ? calculate(first, others) : null;
  };
  return { min, max, takes, apply };
}

function toPlaces(roundBy: (a: Decimal, places: number) => Decimal | null): FunctionDefinition {
  return ofNumbers([1, 2, 'a number and perhaps a scale'], (a, [scale]) => {
    const places = scale ? toNumber(scale) : 0;
    return Number.isInteger(places) && Math.abs(places) < MAX_DIGITS ? roundBy(a, places) : null;
  });
}

function best(isBetter: (order: number) => boolean): FunctionDefinition {
  return ofNumbers([1, MAX_LENGTH, 'at least one number'], (first, others) =>
    others.reduce((found, other) => (isBetter(compareDecimals(other, found)) ? other : found), first),
  );
}

/** m3ter's calculation functions. */
const FUNCTIONS = new Map<string, FunctionDefinition>([
  [
    'IN',
    {
      min: 2,
      max: MAX_LENGTH,
      takes: 'a value and at least one other to find it among',
      apply: ([value = null, ...others]) => others.some((other) => equals(value, other)),
    },
  ],
  [
    'isnull',
    { min: 2, max: 2, takes: 'a value and a fallback', apply: ([a = null, fallback = null]) => a ?? fallback },
  ],
  ['Math.max', best((order) => order > 0)],
  ['Math.min', best((order) => order < 0)],
  ['Math.floor', toPlaces(floor)],
  ['Math.ceil', toPlaces(ceil)],
  ['Math.round', toPlaces(round)],
  ['Math.abs', ofNumbers([1, 1, 'one number'], (a) => (a.units < 0n ? negate(a) : a))],
  ['Math.pow', ofNumbers([2, 2, 'two numbers'], (a, [b]) => (b ? power(a, b) : null))],
]);
const CONSTANTS = new Map<string, Literal>([
  ['Math.PI', parseDecimal(String(Math.PI))],
  ['DateTime.TS_FMT', "yyyy-MM-dd'T'HH:mm:ss.SSSX"],
]);

interface Token {
  readonly kind: 'number' | 'text' | 'word' | 'symbol' | 'end';
  readonly text: string;
  readonly position: number;
  readonly length: number;
}

const SPACE = /\s*/uy;
const TOKEN =
  /(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<symbol>=\s*=|!=|<=|>=|[<>()+\-*/%^?:,.[\]])|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)/suy;
const MISTAKES = new Map([
  ['=', 'Use == for equality.'],
  ['&', 'Use AND to join two conditions.'],
  ['|', 'Use OR to join two conditions.'],
  ['!', 'Use NOT before a condition, or != for inequality.'],
  ['“', 'Use straight quotes.'],
  ['”', 'Use straight quotes.'],
  ['"', 'This text has no closing quote.'],
  ["'", 'This text has no closing quote.'],
]);

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let position = skipSpace(text, 0); position < text.length;) {
    TOKEN.lastIndex = position;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) throw unknownCharacter(text, position);
    const end = TOKEN.lastIndex;
    const kind = (['number', 'text', 'symbol', 'word'] as const).find((name) => groups[name] !== undefined) ?? 'word';
    const found = text.slice(position, end);
    tokens.push({ kind, text: found.replace(/^=\s+=$/, '=='), position, length: found.length });
    position = skipSpace(text, end);
  }
  return [...tokens, { kind: 'end', text: '', position: text.length, length: 0 }];
}

function skipSpace(text: string, position: number): number {
  SPACE.lastIndex = position;
  SPACE.exec(text);
  return SPACE.lastIndex;
}

function unknownCharacter(text: string, position: number): FilterSyntaxError {
  const character = String.fromCodePoint(text.codePointAt(position) ?? 0);
  const message = MISTAKES.get(character) ?? `${character} has no meaning here. Put text in quotes.`;
  const isOpenQuote = character === '"' || character === "'";
  return new FilterSyntaxError(message, position, isOpenQuote ? text.length - position : character.length);
}

const POWER = new Map(
  [['OR'], ['AND'], ['NOT'], ['==', '!=', '<', '<=', '>', '>=', 'IN'], ['+', '-'], ['*', '/', '%'], ['sign'], ['^']]
    .map((operators, level) => operators.map((operator) => [operator, level + 1] as const))
    .flat(),
);
const powerOf = (operator: string): number => POWER.get(operator) ?? 0;
const LITERALS = new Map<string, Literal>([
  ['NULL', null],
  ['TRUE', true],
  ['FALSE', false],
]);

/** A Pratt parser: an operator takes the operands that bind tighter than it does. */
class Parser {
  private next = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parseAll(): FilterNode {
    const filter = this.expression(0);
    if (this.peek().kind !== 'end') throw this.unexpected(this.peek());
    return filter;
  }

  /** @param asText whether a lone word that is no field is a text. */
  private expression(above: number, asText = false): FilterNode {
    if (++this.depth > MAX_DEPTH) throw this.error(`A filter nests at most ${MAX_DEPTH} deep.`, this.peek());
    const first = this.peek();
    let left = this.operand(above, asText);
    let compared = false;
    for (;;) {
      const token = this.peek();
      const operator = operatorOf(token);
      const binding = operator === 'NOT' ? 0 : powerOf(operator);
      if (binding <= above) break;
      const isComparison = binding === powerOf('==');
      if (isComparison && compared) throw this.error('Comparisons cannot be chained. Join them with AND.', token);
      compared = isComparison;
      this.next++;
      if (operator === 'IN') left = { kind: 'call', name: 'IN', args: [left, ...this.args(() => true)] };
      // ^ takes the power to its right as one operand, sign included.
      else {
        const second = this.peek();
        const right = this.expression(operator === '^' ? powerOf('sign') : binding, isComparison);
        if (ARITHMETIC.has(operator))
          [left, right].forEach((node, i) => this.refuseWord(node, i ? second : first, token));
        left = { kind: 'binary', operator, left, right };
      }
    }
    if (above === 0 && this.take('?')) left = this.choice(left);
    this.depth--;
    return left;
  }

  /** `tier-1` without quotes would be read as a subtraction that is never true. */
  private refuseWord(node: FilterNode, token: Token, operator: Token): void {
    const isField = node.kind === 'path' && (node.path.length > 1 || ROOTS.has(token.text));
    const isText = node.kind === 'literal' && node.value === token.text;
    if (token.kind !== 'word' || (node.kind === 'path' ? isField : !isText)) return;
    const message = `${token.text} is no field to calculate with. Put text that holds ${operator.text} in quotes.`;
    throw this.error(message, token);
  }

  private choice(test: FilterNode): FilterNode {
    const yes = this.expression(0);
    this.expect(':');
    return { kind: 'ternary', test, yes, no: this.expression(0) };
  }

  private operand(above: number, asText: boolean): FilterNode {
    const token = this.peek();
    this.next++;
    if (token.kind === 'text') return { kind: 'literal', value: unquote(token.text) };
    if (token.kind === 'number') return { kind: 'literal', value: this.number(token) };
    if (token.text === '(') {
      const inner = this.expression(0);
      this.expect(')');
      return inner;
    }
    if (token.text === '+' || token.text === '-')
      return { kind: 'unary', operator: token.text, operand: this.expression(powerOf('sign') - 1) };
    if (token.kind !== 'word') throw this.unexpected(token);
    return this.word(token, above, asText);
  }

  private word(token: Token, above: number, asText: boolean): FilterNode {
    const upper = token.text.toUpperCase();
    const literal = LITERALS.get(upper);
    if (literal !== undefined) return { kind: 'literal', value: literal };
    if (upper === 'NOT') {
      if (above > powerOf('NOT')) throw this.error('Put NOT and its condition in parentheses.', token);
      return { kind: 'unary', operator: 'NOT', operand: this.expression(powerOf('NOT') - 1) };
    }
    const isCall = this.peek().text === '(';
    if (powerOf(upper) > 0 && !(upper === 'IN' && isCall)) {
      // India and Oregon: where a value must stand, IN and OR cannot be operators.
      if (asText) return { kind: 'literal', value: token.text };
      throw this.unexpected(token);
    }
    const path = this.path(token);
    if (this.peek().text === '(') return this.call(path.join('.'), token);
    const constant = CONSTANTS.get(path.join('.'));
    if (constant !== undefined) return { kind: 'literal', value: constant };
    const isText = asText && path.length === 1 && !ROOTS.has(token.text);
    return isText ? { kind: 'literal', value: token.text } : { kind: 'path', path };
  }

  private path(first: Token): string[] {
    const path = [first.text];
    for (;;) {
      if (this.take('.')) {
        const part = this.peek();
        if (part.kind !== 'word') throw this.error('After the dot a name is missing. Write others as ["name"].', part);
        this.next++;
        path.push(part.text);
      } else if (this.take('[')) {
        const part = this.peek();
        if (part.kind !== 'text') throw this.error('In [ ] a name in quotes is missing.', part);
        this.next++;
        path.push(unquote(part.text));
        this.expect(']');
      } else return path;
    }
  }

  private call(written: string, token: Token): FilterNode {
    const name = [...FUNCTIONS.keys()].find((key) => key.toUpperCase() === written.toUpperCase());
    const definition = FUNCTIONS.get(name ?? '');
    if (name === undefined || !definition)
      throw this.error(`There is no function ${written}. There are ${[...FUNCTIONS.keys()].join(', ')}.`, token);
    const args = this.args((index) => name === 'IN' && index > 0);
    if (args.length < definition.min || args.length > definition.max)
      throw this.error(`${name} takes ${definition.takes}, not ${args.length}.`, token);
    return { kind: 'call', name, args };
  }

  /** @param isTextAt whether the argument with this index, when it is a lone word, is a text. */
  private args(isTextAt: (index: number) => boolean): FilterNode[] {
    const args: FilterNode[] = [];
    this.expect('(');
    do args.push(this.expression(0, isTextAt(args.length)));
    while (this.take(','));
    this.expect(')');
    return args;
  }

  private number(token: Token): Literal {
    if (/^0\d/.test(token.text)) return token.text;
    const value = parseDecimal(token.text);
    if (!value) throw this.error(`A number has at most ${MAX_DIGITS} digits.`, token);
    return value;
  }

  private peek(): Token {
    return this.tokens[Math.min(this.next, this.tokens.length - 1)] as Token;
  }

  private take(symbol: string): boolean {
    const isNext = this.peek().kind === 'symbol' && this.peek().text === symbol;
    if (isNext) this.next++;
    return isNext;
  }

  private expect(symbol: string): void {
    if (this.take(symbol)) return;
    const token = this.peek();
    throw token.kind === 'end' ? this.error(`${symbol} is missing.`, token) : this.unexpected(token);
  }

  private unexpected(token: Token): FilterSyntaxError {
    if (token.kind === 'end') return this.error('The filter ends too early. Complete the condition.', token);
    const isValue = token.kind === 'word' || token.kind === 'number' || token.kind === 'text';
    const hint = isValue
      ? 'Put text that holds spaces in quotes, and join conditions with AND or OR.'
      : 'Remove it, or complete what stands before it.';
    return this.error(`${token.text} is not expected here. ${hint}`, token);
  }

  private error(message: string, token: Token): FilterSyntaxError {
    return new FilterSyntaxError(message, token.position, token.length);
  }
}

function operatorOf(token: Token): string {
  if (token.kind === 'symbol') return token.text;
  return token.kind === 'word' ? token.text.toUpperCase() : '';
}

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gsu, '$1');
}

/**
 * Parses a filter; white space alone is a filter that is always true.
 *
 * @throws {FilterSyntaxError} at the first place that does not fit.
 */
export function parseFilter(text: string): FilterNode {
  if (text.length > MAX_LENGTH)
    throw new FilterSyntaxError(`A filter has at most ${MAX_LENGTH} characters.`, MAX_LENGTH, text.length - MAX_LENGTH);
  const tokens = tokenize(text);
  if (tokens.length === 1) return { kind: 'literal', value: true };
  return new Parser(tokens).parseAll();
}

/** Says whether a text is a filter, and where it stops being one. */
export function validateFilter(text: string): FilterValidation {
  try {
    parseFilter(text);
    return { valid: true };
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    return { valid: false, message: error.message, position: error.position, length: error.length };
  }
}

/**
 * Whether an Account, as m3ter's API gives it, satisfies the filter. Custom fields may be texts, numbers or objects
 * whose `toString` gives a number (such as big.js).
 *
 * @throws {FilterEvaluationError} when the answer, or an operand of AND, OR, NOT and `?`, is not true or false.
 */
export function evaluateFilter(filter: FilterNode, account: object): boolean {
  return truth(evaluate(filter, account), 'The filter');
}

function evaluate(node: FilterNode, account: object): Value {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'path':
      return lookUp(node.path, account);
    case 'ternary':
      return evaluate(truth(evaluate(node.test, account), 'The condition before ?') ? node.yes : node.no, account);
    case 'unary': {
      const operand = evaluate(node.operand, account);
      if (node.operator === 'NOT') return !truth(operand, 'The operand of NOT');
      const number = numeric(operand);
      return number && node.operator === '-' ? negate(number) : number;
    }
    case 'binary':
      return binary(node.operator, node.left, node.right, account);
    default:
      return FUNCTIONS.get(node.name)?.apply(node.args.map((arg) => evaluate(arg, account))) ?? null;
  }
}

function binary(operator: string, leftNode: FilterNode, rightNode: FilterNode, account: object): Value {
  const left = evaluate(leftNode, account);
  if (operator === 'AND' || operator === 'OR') {
    const isDecided = truth(left, `An operand of ${operator}`) === (operator === 'OR');
    return isDecided ? operator === 'OR' : truth(evaluate(rightNode, account), `An operand of ${operator}`);
  }
  const right = evaluate(rightNode, account);
  const calculate = ARITHMETIC.get(operator);
  if (calculate) {
    const [a, b] = [numeric(left), numeric(right)];
    return a && b && calculate(a, b);
  }
  if (operator === '==') return equals(left, right);
  if (operator === '!=') return !equals(left, right);
  const order = compare(left, right);
  if (order === null) return false;
  if (order === 0) return operator === '<=' || operator === '>=';
  return operator.startsWith(order < 0 ? '<' : '>');
}

function truth(value: Value, what: string): boolean {
  if (typeof value === 'boolean') return value;
  const found = value === null ? 'null' : value instanceof Decimal ? 'a number' : `a ${typeof value}`;
  throw new FilterEvaluationError(
    `${what} is ${found.replace('string', 'text')}, not true or false. Compare it with ==.`,
  );
}

/** Follows own properties only: what every object inherits is not a field. */
function lookUp(path: readonly string[], account: object): Value {
  let current: unknown = account;
  path.forEach((part, index) => {
    const holder = typeof current === 'object' && current !== null ? current : {};
    const alias = index === 0 && !Object.hasOwn(holder, part) ? ALIASES.get(part) : undefined;
    const name = alias ?? part;
    current = Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : null;
  });
  return toValue(current);
}

function toValue(raw: unknown): Value {
  if (typeof raw === 'string' || typeof raw === 'boolean') return raw;
  if (typeof raw === 'number' || typeof raw === 'bigint') return parseDecimal(String(raw));
  if (typeof raw !== 'object' || raw === null) return null;
  return parseDecimal(ownText(raw)) ?? raw;
}

/** What an object's own kind (such as big.js) writes of it; nothing for maps and lists. */
function ownText(raw: object): string {
  const toText: unknown = Array.isArray(raw) ? null : (raw as { toString?: unknown }).toString;
  return typeof toText === 'function' ? String(Reflect.apply(toText, raw, [])) : '';
}

function compare(left: Value, right: Value): number | null {
  const [a, b] = [numeric(left), numeric(right)];
  if (a && b) return compareDecimals(a, b);
  if (typeof left !== 'string' || typeof right !== 'string') return null;
  return left < right ? -1 : Number(left > right);
}
