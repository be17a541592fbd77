import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { errorsPage } from './catalogue/errorsPage.ts';
import { classOf, codeOf, ERROR_CATALOGUE, ERROR_SOURCES } from './errorCatalogue.ts';

const SOURCES = import.meta.dirname;
/** The codes of errors that carry one, as the sources name them. */
const NAMED = [
  /(?:Operation|Salesforce|SalesforceLimit|Store|Usage)Error\(\s*'([A-Z][A-Z0-9_]+)'/g,
  /super\(\s*'([A-Z][A-Z0-9_]+)'/g,
  /failed\(\s*\w+,\s*'([A-Z][A-Z0-9_]+)'/g,
  /\b(?:code|errorCode)(?: =|:) '([A-Z][A-Z0-9_]+)'/g,
];
/** Errors without a code get one of their name; see errorCode. */
const CLASS = /export class (\w+)Error extends [\s\S]*?\n}/g;

function sources(): string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/(^|\/)test(ing|Api)/.test(file))
    .map((file) => readFileSync(path.join(SOURCES, file), 'utf8'));
}

function codesIn(text: string): string[] {
  const named = NAMED.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code = '']) => code));
  const unnamed = [...text.matchAll(CLASS)]
    .filter(([body]) => !/\bcode\b|super\('/.test(body))
    .map(([, name = '']) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase());
  return [...named, ...unnamed];
}

describe('the catalogue of errors', () => {
  it('has each code once, with every text', () => {
    const entries = Object.values(ERROR_SOURCES).flat();
    assert.equal(new Set(entries.map(({ code }) => code)).size, entries.length);
    for (const { code, meaning, cause, remedy } of entries) {
      for (const text of [meaning, cause, remedy]) assert.match(text, /^\S.+\.$/, code);
    }
  });

  it('has every code that the sources name', () => {
    const codes = new Set(sources().flatMap(codesIn));
    assert.ok(codes.size > 40, `Only ${codes.size} codes were found.`);
    const unknown = [...codes].filter((code) => !ERROR_CATALOGUE.has(code));
    assert.deepEqual(unknown, [], 'Add them to agent/src/catalogue, then run: node scripts/errors-page.ts');
  });

  it('is what docs/errors.md says', () => {
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    assert.equal(page, errorsPage(), 'Run: node scripts/errors-page.ts');
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, code = '']) => code);
    assert.deepEqual(headings.toSorted(), [...ERROR_CATALOGUE.keys()].toSorted());
  });

  it('tells the class of a code, and takes one that nobody knows for bad data', () => {
    assert.equal(classOf('UNABLE_TO_LOCK_ROW'), 'transient');
    assert.equal(classOf('A_CODE_THAT_NOBODY_KNOWS'), 'badData');
  });

  it('knows the words that messages of validation rules begin with, and only of those', () => {
    const rule = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
    assert.equal(codeOf(rule, 'INVOICE_ALREADY_PAID: paid on Monday'), 'INVOICE_ALREADY_PAID');
    assert.equal(codeOf(rule, 'STALE_VERSION: newer'), 'STALE_VERSION');
    assert.equal(codeOf(rule, 'UNABLE_TO_LOCK_ROW, says the rule'), rule);
    assert.equal(codeOf(rule, 'The invoice is INVOICE_ALREADY_PAID'), rule);
    assert.equal(codeOf('STRING_TOO_LONG', 'STALE_VERSION'), 'STRING_TOO_LONG');
  });
});
