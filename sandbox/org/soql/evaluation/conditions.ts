import fc from 'fast-check';
import { amountArbitrary, dayArbitrary, instantArbitrary, STATUSES, TEXTS } from './data.ts';
import type { Bill } from './data.ts';
import { dateLiteralArbitrary, decimal, localDay, quoted, unitsFromNow } from './literals.ts';

/** A SOQL condition and what it means, worked out without SQL. */
export interface Condition {
  soql: string;
  holds: (bill: Bill) => boolean;
}

type Get<T> = (bill: Bill) => T | null;

const orders = {
  '<': (n: number) => n < 0,
  '<=': (n: number) => n <= 0,
  '>': (n: number) => n > 0,
  '>=': (n: number) => n >= 0,
};
const orderArbitrary = fc.constantFrom('<', '<=', '>', '>=');
const texts = fc.constantFrom(...TEXTS, ...STATUSES, 'nothing');

const compareTexts = (a: string, b: string): number => compare(a.toLowerCase(), b.toLowerCase());
const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : Number(a > b));

/** `=`, `!=`, IN, NOT IN, the four orders and null, for a field whose literals are written and compared in some way. */
function comparisons<T>(
  path: string,
  get: Get<T>,
  literals: fc.Arbitrary<T>,
  write: (literal: T) => string,
  compareValues: (a: T, b: T) => number,
  isOrdered = true,
): fc.Arbitrary<Condition> {
  const equals = (value: T | null, literal: T | null): boolean =>
    value === null || literal === null ? value === literal : compareValues(value, literal) === 0;
  const writeOrNull = (literal: T | null): string => (literal === null ? 'null' : write(literal));
  const literal = fc.option(literals, { freq: 6 });
  const equality = fc.tuple(fc.boolean(), literal).map(([isNot, one]): Condition => ({
    soql: `${path} ${isNot ? '!=' : '='} ${writeOrNull(one)}`,
    holds: (bill) => equals(get(bill), one) !== isNot,
  }));
  const list = fc
    .tuple(fc.boolean(), fc.array(literal, { minLength: 1, maxLength: 4 }))
    .map(([isNot, some]): Condition => ({
      soql: `${path} ${isNot ? 'NOT IN' : 'IN'} (${some.map(writeOrNull).join(', ')})`,
      holds: (bill) => some.some((one) => equals(get(bill), one)) !== isNot,
    }));
  const ordered = fc.tuple(orderArbitrary, literals).map(([operator, one]): Condition => ({
    soql: `${path} ${operator} ${write(one)}`,
    holds(bill) {
      const value = get(bill);
      return value !== null && orders[operator](compareValues(value, one));
    },
  }));
  return isOrdered ? fc.oneof(equality, list, ordered) : fc.oneof(equality, list);
}

const wildcards: Record<string, string> = { '%': '.*', _: '.', '\\_': '_', '\\%': '%' };

function like(path: string, get: Get<string>): fc.Arbitrary<Condition> {
  const piece = fc.constantFrom('%', '_', 'a', 'AL', 'pha', 'be', '\\_', '\\%', "'", 'ta', ' ');
  return fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces): Condition => {
    const pattern = pieces.map((one) => wildcards[one] ?? one).join('');
    const isLike = new RegExp(`^${pattern}$`, 'is');
    const literal = pieces.map((one) => (one === "'" ? "\\'" : one)).join('');
    return {
      soql: `${path} LIKE '${literal}'`,
      holds(bill) {
        const value = get(bill);
        return value !== null && isLike.test(value);
      },
    };
  });
}

/** A date literal against the calendar day of a field. */
function dateLiterals(path: string, day: Get<string>): fc.Arbitrary<Condition> {
  const operators = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
  return fc.tuple(operators, dateLiteralArbitrary).map(([operator, { soql, unit, first, last }]): Condition => ({
    soql: `${path} ${operator} ${soql}`,
    holds(bill) {
      const value = day(bill);
      if (value === null) return operator === '!=';
      const units = unitsFromNow(value, unit);
      const isWithin = units >= first && units <= last;
      return {
        '=': isWithin,
        '!=': !isWithin,
        '<': units < first,
        '<=': units <= last,
        '>': units > last,
        '>=': units >= first,
      }[operator];
    },
  }));
}

const includes: fc.Arbitrary<Condition> = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.subarray(['A', 'B', 'C', 'D'], { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
  )
  .map(([isNot, sets]): Condition => ({
    soql: `Kinds__c ${isNot ? 'EXCLUDES' : 'INCLUDES'} (${sets.map((set) => quoted(set.join(';'))).join(', ')})`,
    holds: ({ kinds }) => sets.some((set) => set.every((one) => kinds.includes(one))) !== isNot,
  }));

const dateParts: fc.Arbitrary<Condition> = fc
  .constantFrom(
    { name: 'CALENDAR_MONTH', part: (day: string) => Number(day.slice(5, 7)) },
    { name: 'CALENDAR_QUARTER', part: (day: string) => Math.ceil(Number(day.slice(5, 7)) / 3) },
    { name: 'CALENDAR_YEAR', part: (day: string) => Number(day.slice(0, 4)) },
    { name: 'DAY_IN_MONTH', part: (day: string) => Number(day.slice(8)) },
    { name: 'DAY_IN_WEEK', part: (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() + 1 },
  )
  .chain(({ name, part }) => {
    const numbers = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(2025, 2026, 2027));
    const of = (path: string, day: Get<string>) =>
      comparisons(
        `${name}(${path})`,
        (bill) => {
          const value = day(bill);
          return value === null ? null : part(value);
        },
        numbers,
        String,
        compare,
      );
    return fc.oneof(
      of('Bill_Date__c', ({ date }) => date),
      of('Sent_At__c', ({ sentAt }) => sentAt?.slice(0, 10) ?? null),
      of('convertTimezone(Sent_At__c)', ({ sentAt }) => (sentAt === null ? null : localDay(sentAt))),
    );
  });

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  comparisons('Name', ({ name }) => name, texts, quoted, compareTexts),
  comparisons('Account__r.Name', ({ account }) => account?.name ?? null, texts, quoted, compareTexts),
  comparisons('Status__c', ({ status }) => status, texts, quoted, compareTexts),
  comparisons('Total__c', ({ total }) => total, amountArbitrary, decimal, compare),
  comparisons('Bill_Date__c', ({ date }) => date, dayArbitrary, String, compare),
  comparisons('Sent_At__c', ({ sentAt }) => sentAt, instantArbitrary, String, compare),
  comparisons(
    'Account__c',
    ({ account }) => account?.id ?? null,
    fc.constantFrom('001000000000000AAA', '001000000000001'),
    quoted,
    (a, b) => compare(a.slice(0, 15), b.slice(0, 15)),
    false,
  ),
  fc.boolean().map((locked): Condition => ({ soql: `Locked__c = ${locked}`, holds: (bill) => bill.locked === locked })),
  fc.boolean().map((active): Condition => ({
    soql: `Account__r.Active__c != ${active}`,
    holds: ({ account }) => account?.active !== active,
  })),
  like('Name', ({ name }) => name),
  like('Account__r.Name', ({ account }) => account?.name ?? null),
  dateLiterals('Bill_Date__c', ({ date }) => date),
  dateLiterals('Sent_At__c', ({ sentAt }) => (sentAt === null ? null : localDay(sentAt))),
  includes,
  dateParts,
);

const negated = (one: Condition): Condition => ({ soql: `(NOT ${one.soql})`, holds: (bill) => !one.holds(bill) });
const allOf = (some: Condition[]): Condition => ({
  soql: `(${some.map(({ soql }) => soql).join(' AND ')})`,
  holds: (bill) => some.every((one) => one.holds(bill)),
});
const anyOf = (some: Condition[]): Condition => ({
  soql: `(${some.map(({ soql }) => soql).join(' OR ')})`,
  holds: (bill) => some.some((one) => one.holds(bill)),
});

/** Conditions joined by AND and OR, some of them negated, with parentheses wherever operators mix. */
const { tree, joined } = fc.letrec<{ tree: Condition; joined: Condition }>((tie) => ({
  joined: fc
    .tuple(fc.constantFrom(allOf, anyOf), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
    .map(([join, some]) => join(some)),
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, leaf.map(negated), tie('joined')),
}));

/** The parser does not take three NOTs that open within one another, so only the whole is negated besides leaves. */
const nestedCondition = fc.oneof({ weight: 3, arbitrary: tree }, { weight: 1, arbitrary: joined.map(negated) });

const semiJoin: fc.Arbitrary<Condition> = fc
  .tuple(fc.boolean(), orderArbitrary, amountArbitrary)
  .map(([isNot, operator, amount]): Condition => ({
    soql: `Id ${isNot ? 'NOT IN' : 'IN'} (SELECT Bill__c FROM Line__c WHERE Subtotal__c ${operator} ${decimal(amount)})`,
    holds: ({ lines }) =>
      lines.some(({ subtotal }) => subtotal !== null && orders[operator](subtotal - amount)) !== isNot,
  }));

/** The conditions of a whole query. */
export const conditionArbitrary: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 5, arbitrary: nestedCondition },
  {
    weight: 1,
    arbitrary: fc.tuple(nestedCondition, semiJoin).map(([one, join]): Condition => ({
      soql: `${one.soql} AND ${join.soql}`,
      holds: (bill) => one.holds(bill) && join.holds(bill),
    })),
  },
);
