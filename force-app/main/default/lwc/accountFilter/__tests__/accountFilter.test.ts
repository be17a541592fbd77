import {
  evaluateFilter,
  FILTER_FIELDS,
  FilterEvaluationError,
  FilterSyntaxError,
  parseFilter,
  validateFilter,
} from '../accountFilter';

const account = {
  id: 'a7',
  name: 'Pioneer Apollo',
  code: 'PIO-7',
  address: { country: 'US', region: 'OR', postCode: '01234' },
  currency: 'USD',
  customFields: { country: 'UK', seats: '10', limit: '9', ratio: 0.1, vip: 'TRUE', 'account manager': "O'Neil" },
};
const matches = (filter: string, of: object = account): boolean => evaluateFilter(parseFilter(filter), of);

/** A number as big.js represents it, for what matters here. */
class Amount {
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

describe("m3ter's documented examples", () => {
  it('selects by the country of the address', () => {
    expect(matches('address.country == US')).toBe(true);
    expect(matches('address.country == UK')).toBe(false);
  });

  it('selects by a custom field, and not where an Account has none', () => {
    const filter = 'customFields != null AND customFields.country == UK';
    expect(matches(filter)).toBe(true);
    expect(matches(filter, { ...account, customFields: { country: 'US' } })).toBe(false);
    expect(matches(filter, { ...account, customFields: null })).toBe(false);
    expect(matches(filter, { id: 'a8' })).toBe(false);
  });

  it('reads = = as ==', () => {
    expect(matches('customFields != null AND customFields.country = = UK')).toBe(true);
  });

  it('says where the example that lost its field is incomplete', () => {
    expect(validateFilter('customFields != null AND = = UK')).toMatchObject({ valid: false, position: 25, length: 3 });
  });

  it.each([
    [{ new: { amount: 100, amountSpent: 90 }, old: { amount: 100, amountSpent: 80 } }, true],
    [{ new: { amount: 100, amountSpent: 90 }, old: { amount: 100 } }, true],
    [{ new: { amount: 100, amountSpent: 89.99 }, old: { amount: 100, amountSpent: 80 } }, false],
    [{ new: { amount: 100, amountSpent: 95 }, old: { amount: 100, amountSpent: 91 } }, false],
  ])('calculates the spend that crosses 90 percent (%j)', (event, expected) => {
    const filter = `(new.amountSpent >= ((new.amount*90)/100))
      AND ((old.amountSpent <= ((old.amount*90)/100)) OR (old.amountSpent == null))`;
    expect(matches(filter, event)).toBe(expected);
  });

  it('calculates the older form of that example', () => {
    const filter =
      '(new.amountSpent >= ((new.amount*100)/90)) AND ((old.amountSpent <= ((old.amount*100)/90)) OR (old.amountSpent == null))';
    expect(matches(filter, { new: { amount: 90, amountSpent: 100 }, old: {} })).toBe(true);
  });

  it('chooses between the branches of a ternary by IN', () => {
    expect(matches('(IN("completed", "succeeded") ? "true" : "false") == "false"')).toBe(true);
    expect(matches('(IN("completed", "succeeded", "completed") ? "true" : "false") == "true"')).toBe(true);
  });

  it('rounds half up and takes absolute values', () => {
    expect(matches('Math.round(2.5) == 3 AND Math.abs(-2) == 2')).toBe(true);
  });

  it('reads a field by its bare name', () => {
    expect(matches('myDataField == 3', { myDataField: 3 })).toBe(true);
  });
});

describe('operators and functions', () => {
  it.each([
    'true OR false AND false',
    'NOT false AND true',
    'NOT currency == EUR',
    'not (currency == EUR Or currency == GBP)',
    '1 + 2 * 3 == 7',
    '(1 + 2) * 3 == 9',
    '10 - 2 - 3 == 5',
    '-2 ^ 2 == -4',
    '2 ^ 3 ^ 2 == 512',
    '2 ^ -1 == 0.5',
    '4 ^ 0.5 == 2',
    '7 % 4 == 3',
    '-7 % 4 == -3',
    '2 * -3 == -6',
    '+3 == 3',
    '10 / 4 == 2.5',
    '1 / 3 < 0.34',
    'false ? false : true ? true : false',
    'currency IN (EUR, USD)',
    'IN(currency, EUR, "USD")',
    'NOT currency in (EUR)',
    'isnull(customFields.zip, 5) == 5',
    'ISNULL(currency, 5) == USD',
    'Math.max(1, 3, 2) == 3',
    'Math.min(3, 1, 2) == 1',
    'Math.pow(2, 10) == 1024',
    'Math.floor(-2.345, 2) == -2.35',
    'Math.ceil(-2.345, 2) == -2.34',
    'Math.ceil(2.1) == 3',
    'Math.round(-2.5) == -2',
    'Math.round(1250, -2) == 1300',
    'Math.PI > 3.14 AND Math.PI < 3.15',
    'DateTime.TS_FMT != null',
  ])('%s is true', (filter) => {
    expect(matches(filter)).toBe(true);
  });

  it.each(['1 / 0', '1 % 0', 'currency + 1', '9 ^ 9 ^ 9', 'Math.abs(currency)', 'Math.round(1, 0.5)', '-currency'])(
    '%s is null',
    (expression) => {
      expect(matches(`(${expression}) == null`)).toBe(true);
    },
  );

  it('does not evaluate what cannot change the result', () => {
    expect(matches('true OR currency')).toBe(true);
    expect(matches('false AND currency')).toBe(false);
  });
});

describe('values', () => {
  it('reads an Account by the names of the filter and by those of the API', () => {
    expect(matches('accountName == "Pioneer Apollo" AND accountCode == "PIO-7"')).toBe(true);
    expect(matches('name == accountName AND code == accountCode')).toBe(true);
  });

  it('reads names with spaces in brackets', () => {
    expect(matches('customFields["account manager"] == "O\'Neil"')).toBe(true);
    expect(matches("customFields['account manager'] == 'O\\'Neil'")).toBe(true);
  });

  it('takes a lone word right of a comparison as text, unless it is a field', () => {
    expect(matches('address.region == OR OR address.country == IN')).toBe(true);
    expect(matches('currency == currency')).toBe(true);
    expect(matches('US == address.country')).toBe(false);
  });

  it('lets null equal null only and compare with nothing', () => {
    expect(matches('customFields.none == null')).toBe(true);
    expect(matches('customFields.none == UK')).toBe(false);
    expect(matches('customFields.none < 1 OR customFields.none >= 0 OR null <= null')).toBe(false);
  });

  it.each(['constructor', '__proto__', 'toString', 'customFields.constructor', 'currency.length', 'id.a.b'])(
    'finds nothing at %s',
    (path) => {
      expect(matches(`${path} == null`)).toBe(true);
    },
  );

  it('calculates with decimals', () => {
    expect(matches('0.1 + 0.2 == 0.3')).toBe(true);
    expect(matches('customFields.ratio * 3 == 0.3')).toBe(true);
  });

  it.each([
    ['a number', 1500],
    ['a numeric text', '1500'],
    ['a text with decimals', '1500.00'],
    ['a decimal object', new Amount('1500')],
    ['a decimal object with exponent', new Amount('1.5e+3')],
  ])('compares %s as a number', (_kind, spend) => {
    const of = { customFields: { spend } };
    expect(
      matches('customFields.spend == 1500 AND customFields.spend > 200 AND customFields.spend != "1501"', of),
    ).toBe(true);
  });

  it('loses no digits when both sides are numeric texts', () => {
    const of = {
      customFields: { a: '12345678901234567890.1', b: '12345678901234567890.2', c: '12345678901234567890.10' },
    };
    expect(matches('customFields.a < customFields.b AND customFields.a == customFields.c', of)).toBe(true);
    expect(matches('customFields.a == 12345678901234567890.1', of)).toBe(true);
    expect(matches('customFields.seats > customFields.limit')).toBe(true);
  });

  it('keeps codes apart from numbers', () => {
    expect(matches('address.postCode == 1234')).toBe(false);
    expect(matches('address.postCode == 01234')).toBe(true);
    expect(matches('customFields.sku == 100000', { customFields: { sku: '1e5' } })).toBe(false);
  });

  it('compares texts by case and in order', () => {
    expect(matches('currency == usd')).toBe(false);
    expect(matches('"2026-01-31" < "2026-02-01"')).toBe(true);
  });

  it('takes the text true for true, since custom fields hold no booleans', () => {
    expect(matches('customFields.vip == true AND true == customFields.vip AND customFields.vip != false')).toBe(true);
  });

  it('compares maps with null only', () => {
    expect(matches('address == address AND address != null')).toBe(true);
    expect(matches('address == customFields OR address == US')).toBe(false);
  });
});

describe('filters that are not one', () => {
  it.each([
    ['currency = USD', 9, 1, 'Use == for equality.'],
    ['a && b', 2, 1, 'Use AND to join two conditions.'],
    ['a || b', 2, 1, 'Use OR to join two conditions.'],
    ['!a', 0, 1, 'Use NOT before a condition, or != for inequality.'],
    ['currency == “USD”', 12, 1, 'Use straight quotes.'],
    ['currency == "USD', 12, 4, 'This text has no closing quote.'],
    ['a == 1 == 2', 7, 2, 'Comparisons cannot be chained. Join them with AND.'],
    ['a ==', 4, 0, 'The filter ends too early. Complete the condition.'],
    ['(a == b', 7, 0, ') is missing.'],
    ['a == NOT b', 5, 3, 'Put NOT and its condition in parentheses.'],
    ['customFields.', 13, 0, 'After the dot a name is missing. Write others as ["name"].'],
    ['customFields[1]', 13, 1, 'In [ ] a name in quotes is missing.'],
    ['Math.abs(1, 2)', 0, 4, 'Math.abs takes one number, not 2.'],
    ['IN(currency)', 0, 2, 'IN takes a value and at least one other to find it among, not 1.'],
    ['a ? b', 5, 0, ': is missing.'],
    ['#', 0, 1, '# has no meaning here. Put text in quotes.'],
    [`1${'0'.repeat(400)} == 1`, 0, 401, 'A number has at most 400 digits.'],
  ])('%s', (filter, position, length, message) => {
    expect(validateFilter(filter)).toEqual({ valid: false, position, length, message });
  });

  it.each([
    ['address.country == United Kingdom', 26, 7],
    ['AND a', 0, 3],
    ['a b', 2, 1],
    ['a == 12AB', 7, 2],
    ['foo(1)', 0, 3],
    ['()', 1, 1],
    ['a == )', 5, 1],
    ['customFields["a"', 16, 0],
  ])('%s is refused at %i', (filter, position, length) => {
    expect(validateFilter(filter)).toMatchObject({ valid: false, position, length });
    expect(() => parseFilter(filter)).toThrow(FilterSyntaxError);
  });

  it('refuses a filter that is too long, at the first character too many', () => {
    expect(validateFilter(`${'a'.repeat(4000)}bc`)).toMatchObject({ valid: false, position: 4000, length: 2 });
    expect(validateFilter(`a == ${'b'.repeat(3995)}`)).toEqual({ valid: true });
  });

  it.each([
    (depth: number) => '('.repeat(depth) + 'true' + ')'.repeat(depth),
    (depth: number) => `${'-'.repeat(depth)}1`,
  ])('refuses one that is nested too deep, and takes one that is long but flat', (nested) => {
    expect(validateFilter(nested(99))).toEqual({ valid: true });
    expect(validateFilter(nested(100))).toMatchObject({ valid: false, message: 'A filter nests at most 100 deep.' });
    expect(matches(`1${'+1'.repeat(1990)} == 1991`)).toBe(true);
  });
});

describe('a text with an operator in it', () => {
  it.each([
    ['customFields.tier == tier-1', 'tier', 21],
    ['id == acc-us', 'acc', 6],
    ['customFields.a == 2*gold', 'gold', 20],
    ['eu-west == customFields.region', 'eu', 0],
  ])('%s has to stand in quotes', (filter, word, position) => {
    const result = validateFilter(filter);
    expect(result).toMatchObject({ valid: false, position, length: word.length });
    expect(result).toMatchObject({ message: expect.stringContaining('in quotes') });
  });

  it('is a text when it does', () => {
    const of = { customFields: { tier: 'tier-1' } };
    expect(matches('customFields.tier == "tier-1"', of)).toBe(true);
    expect(matches('customFields.tier == "tier-1"', { customFields: {} })).toBe(false);
  });
});

describe('answers', () => {
  it.each(['', '  \n'])('an empty filter (%j) is true for every Account', (filter) => {
    expect(validateFilter(filter)).toEqual({ valid: true });
    expect(matches(filter, {})).toBe(true);
  });

  it.each([
    'currency',
    '1 + 1',
    'customFields.none',
    'currency AND true',
    'NOT 1',
    'true AND null',
    '1 ? true : false',
    'address',
  ])('%s is an error, for it is neither true nor false', (filter) => {
    expect(validateFilter(filter)).toEqual({ valid: true });
    expect(() => matches(filter)).toThrow(FilterEvaluationError);
  });

  it('names what it found instead', () => {
    expect(() => matches('currency')).toThrow('The filter is a text, not true or false. Compare it with ==.');
  });

  it('lists fields that can be used as they stand', () => {
    for (const field of FILTER_FIELDS) expect(matches(`${field} == ${field}`)).toBe(true);
  });
});
