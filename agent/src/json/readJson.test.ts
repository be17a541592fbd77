import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readJson } from './readJson.ts';

const read = (text: string): unknown => readJson(text, Number);

/** What reading does: a value, or a refusal. */
function outcome(work: () => unknown): unknown {
  try {
    return { value: work() };
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return 'refused';
  }
}

describe('reading JSON', () => {
  it('gives the same as JSON.parse for any value, however it is spaced', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom('', ' ', '\t'), (json, space) => {
        const text = JSON.stringify(JSON.parse(json), null, space);
        assert.deepEqual(read(` ${text}\r\n`), JSON.parse(text));
      }),
    );
  });

  it('takes and refuses what JSON.parse takes and refuses', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '\\u00e9',
      '\n',
      '1',
      '-',
      '.',
      '0',
      'e',
      'true',
      'nul',
      ' ',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (chosen) => {
        const text = chosen.join('');
        assert.deepEqual(
          outcome(() => read(text)),
          outcome(() => JSON.parse(text) as unknown),
          JSON.stringify(text),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('hands out numbers as they are written', () => {
    const numbers: string[] = [];
    readJson('{"a":[1.50,-0,1e3],"b":"7.0","c":12345678901234567890}', (text) => numbers.push(text));
    assert.deepEqual(numbers, ['1.50', '-0', '1e3', '12345678901234567890']);
  });

  it('takes a key that objects inherit for one of its own', () => {
    const object = read('{"__proto__":{"isAdmin":true}}') as object;
    assert.equal(Object.getPrototypeOf(object), Object.prototype);
    assert.deepEqual(Object.keys(object), ['__proto__']);
  });

  it('says where the text stops being JSON', () => {
    assert.throws(() => read('{"a":1,}'), {
      name: 'SyntaxError',
      message: 'Unexpected "}" at position 7 of JSON text.',
    });
    assert.throws(() => read('["a'), { name: 'SyntaxError', message: /Unexpected/ });
  });
});
