import { FormulaError } from './formulaError.ts';

export interface Token {
  kind: 'number' | 'text' | 'name' | 'symbol' | 'end';
  text: string;
  position: number;
}

const SYMBOLS = [
  '<>',
  '!=',
  '==',
  '<=',
  '>=',
  '&&',
  '||',
  '(',
  ')',
  ',',
  '+',
  '-',
  '*',
  '/',
  '^',
  '&',
  '=',
  '<',
  '>',
  '!',
];
const NUMBER = /(?:\d+\.?\d*|\.\d+)/y;
const NAME = /\$?[A-Za-z]\w*(?:\.\w+)*/y;
const SPACE = /(?:\s+|\/\*[\s\S]*?\*\/)*/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Splits a formula into tokens, without comments; the last token has the kind `end`. Throws FormulaError. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    position += match(SPACE, source, position)?.length ?? 0;
    if (position >= source.length) break;
    const token = readToken(source, position);
    tokens.push(token.token);
    position = token.next;
  }
  tokens.push({ kind: 'end', text: '', position });
  return tokens;
}

function match(pattern: RegExp, source: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(source)?.[0];
}

function readToken(source: string, position: number): { token: Token; next: number } {
  const first = source[position]!;
  if (first === '"' || first === "'") return readText(source, position, first);
  const number = match(NUMBER, source, position);
  if (number !== undefined) return simple('number', number, position);
  const name = match(NAME, source, position);
  if (name !== undefined) return simple('name', name, position);
  const symbol = SYMBOLS.find((known) => source.startsWith(known, position));
  if (symbol !== undefined) return simple('symbol', symbol, position);
  throw new FormulaError(`unexpected character ${first} at position ${position + 1}`);
}

function simple(kind: Token['kind'], text: string, position: number): { token: Token; next: number } {
  return { token: { kind, text, position }, next: position + text.length };
}

function readText(source: string, start: number, quote: string): { token: Token; next: number } {
  let text = '';
  for (let position = start + 1; position < source.length; position++) {
    const letter = source[position]!;
    if (letter === quote) return { token: { kind: 'text', text, position: start }, next: position + 1 };
    if (letter === '\\') {
      position++;
      const escaped = source[position] ?? '';
      text += ESCAPES[escaped] ?? escaped;
    } else text += letter;
  }
  throw new FormulaError(`the text that starts at position ${start + 1} has no closing ${quote}`);
}
