import Big from 'big.js';
import { FormulaError } from './formulaError.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '&' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '&&' | '||';

export type FormulaNode =
  | { kind: 'literal'; value: Big | string | boolean | null }
  | { kind: 'field'; path: string }
  | { kind: 'call'; name: string; args: FormulaNode[] }
  | { kind: 'binary'; operator: BinaryOperator; left: FormulaNode; right: FormulaNode }
  | { kind: 'negate'; operand: FormulaNode };

/** Operators from the loosest to the tightest; those of one level bind from left to right. */
const LEVELS: ReadonlyArray<Readonly<Record<string, BinaryOperator>>> = [
  { '||': '||' },
  { '&&': '&&' },
  { '=': '=', '==': '=', '<>': '<>', '!=': '<>' },
  { '<': '<', '<=': '<=', '>': '>', '>=': '>=' },
  { '+': '+', '-': '-', '&': '&' },
  { '*': '*', '/': '/' },
  { '^': '^' },
];

const WORDS: Readonly<Record<string, boolean | null>> = { TRUE: true, FALSE: false, NULL: null };

/** Parses a Salesforce formula. Throws FormulaError with the position of what is wrong. */
export function parseFormula(source: string): FormulaNode {
  const parser = new Parser(tokenize(source));
  return parser.whole();
}

class Parser {
  private readonly tokens: Token[];
  private next = 0;

  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  whole(): FormulaNode {
    const node = this.level(0);
    const rest = this.peek();
    if (rest.kind !== 'end') throw this.unexpected(rest);
    return node;
  }

  private peek(): Token {
    return this.tokens[this.next]!;
  }

  private take(): Token {
    return this.tokens[this.next++]!;
  }

  private takeSymbol(text: string): boolean {
    const token = this.peek();
    if (token.kind !== 'symbol' || token.text !== text) return false;
    this.next++;
    return true;
  }

  private expect(text: string): void {
    if (!this.takeSymbol(text)) throw this.unexpected(this.peek(), text);
  }

  private unexpected(token: Token, wanted?: string): FormulaError {
    const found = token.kind === 'end' ? 'the end' : token.text;
    return new FormulaError(
      `unexpected ${found} at position ${token.position + 1}${wanted === undefined ? '' : `; expected ${wanted}`}`,
    );
  }

  private level(index: number): FormulaNode {
    const operators = LEVELS[index];
    if (!operators) return this.unary();
    let left = this.level(index + 1);
    for (;;) {
      const token = this.peek();
      const operator = token.kind === 'symbol' ? operators[token.text] : undefined;
      if (!operator) return left;
      this.next++;
      left = { kind: 'binary', operator, left, right: this.level(index + 1) };
    }
  }

  private unary(): FormulaNode {
    if (this.takeSymbol('-')) return { kind: 'negate', operand: this.unary() };
    if (this.takeSymbol('+')) return this.unary();
    if (this.takeSymbol('!')) return { kind: 'call', name: 'NOT', args: [this.unary()] };
    return this.primary();
  }

  private primary(): FormulaNode {
    const token = this.take();
    if (token.kind === 'number') return { kind: 'literal', value: new Big(token.text) };
    if (token.kind === 'text') return { kind: 'literal', value: token.text };
    if (token.kind === 'name') return this.name(token);
    if (token.kind === 'symbol' && token.text === '(') {
      const inner = this.level(0);
      this.expect(')');
      return inner;
    }
    throw this.unexpected(token);
  }

  private name(token: Token): FormulaNode {
    const upper = token.text.toUpperCase();
    if (this.takeSymbol('(')) return { kind: 'call', name: upper, args: this.args() };
    const word = WORDS[upper];
    return word === undefined ? { kind: 'field', path: token.text } : { kind: 'literal', value: word };
  }

  private args(): FormulaNode[] {
    if (this.takeSymbol(')')) return [];
    const args = [this.level(0)];
    while (this.takeSymbol(',')) args.push(this.level(0));
    this.expect(')');
    return args;
  }
}
