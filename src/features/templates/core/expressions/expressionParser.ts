import { ownValue } from '../../../../base';
import {
  BINARY_PRECEDENCE,
  COMPARISONS,
  LITERALS,
  NOT_PRECEDENCE,
  TEST_PRECEDENCE,
} from './operators';
import type {
  Argument,
  DictPair,
  Expression,
  Identifier,
  MemberExpression,
  Span,
  TemplateSyntaxError,
  Token,
} from './syntax';
import { quoted } from './tokens';

/** Nesting limit of Backstage's engine. */
const MAX_NESTING = 512;

/** Names that would reach the prototype of values. */
const RESERVED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses the code of a tag with the grammar of nunjitsu, which is Nunjucks without template loading. As there,
 * the first problem is the error. The rest is still parsed to find names.
 */
export class ExpressionParser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  readonly #limit: number;
  #index = 0;
  #depth = 0;
  #error: TemplateSyntaxError | undefined;

  /** @param tokens - including the final `end` */
  constructor(source: string, tokens: readonly Token[]) {
    this.#source = source;
    this.#tokens = tokens;
    this.#limit = tokens.at(-1)?.end ?? 0;
  }

  get error(): TemplateSyntaxError | undefined {
    return this.#error;
  }

  expression(): Expression {
    return this.#whole(this.#inlineIf());
  }

  /** `a, b`: assigned names. */
  targets(): readonly Identifier[] {
    const targets: Identifier[] = [];
    do {
      const token = this.#peek();
      if (LITERALS.has(token.value) && token.kind === 'name') {
        this.#fail('Binding targets must be ordinary names', token);
      }
      targets.push(this.#name());
    } while (this.#take(','));
    this.#whole({ type: 'missing', start: this.#limit, end: this.#limit });
    return targets;
  }

  /** `a, b=1)`: the parameters of a macro. */
  signature(): readonly Argument[] {
    const args = this.#arguments();
    this.#whole({ type: 'missing', start: this.#limit, end: this.#limit });
    for (const { name, value } of args) {
      if (!name && value.type !== 'name') this.#fail('Formal parameters must be names', value);
    }
    return args;
  }

  /** `name(args)`: the filter of a `{% filter %}`. */
  filter(): Expression {
    return this.#whole(this.#filterOf(undefined, this.#peek().start));
  }

  /** Parses trailing code as further expressions. */
  #whole(first: Expression): Expression {
    if (this.#peek().kind === 'end') return first;
    this.#expected('eof');
    const items = [first];
    while (this.#peek().kind !== 'end') {
      const before = this.#index;
      items.push(this.#inlineIf());
      if (this.#index === before) this.#index++;
    }
    return { type: 'list', items, start: first.start, end: this.#limit };
  }

  #inlineIf(): Expression {
    const value = this.#binary(1);
    if (!this.#takeName('if')) return value;
    const condition = this.#binary(1);
    const otherwise = this.#takeName('else') ? this.#nested(() => this.#binary(1)) : undefined;
    const { end } = otherwise ?? condition;
    return { type: 'conditional', value, condition, otherwise, start: value.start, end };
  }

  #binary(minimum: number): Expression {
    let left = minimum <= NOT_PRECEDENCE && this.#isName('not') ? this.#not() : this.#filtered();
    // `not` applies to the whole comparison or sum after it.
    let highest = left.type === 'unary' && left.operator === 'not' ? NOT_PRECEDENCE - 1 : Infinity;
    for (;;) {
      const operator = this.#operator();
      const binds = operator === undefined ? undefined : ownValue(BINARY_PRECEDENCE, operator);
      if (operator === undefined || binds === undefined) return left;
      if (binds < minimum || binds > highest) return left;
      this.#index += operator === 'not in' ? 2 : 1;
      if (binds === TEST_PRECEDENCE) {
        left = this.#test(left);
        highest = TEST_PRECEDENCE - 1;
        continue;
      }
      const right = this.#binary(binds + 1);
      left = { type: 'binary', operator, left, right, start: left.start, end: right.end };
      highest = binds;
    }
  }

  #operator(): string | undefined {
    const { kind, value } = this.#peek();
    // The engine compares only the value of these tokens, so strings match, too.
    if (value === 'not' && this.#peek(1).value === 'in') return 'not in';
    if (COMPARISONS.has(value)) return value;
    const isWord = ['or', 'and', 'in', 'is'].includes(value);
    if (kind !== (isWord ? 'name' : 'operator')) return undefined;
    return Object.hasOwn(BINARY_PRECEDENCE, value) ? value : undefined;
  }

  #not(): Expression {
    const { start } = this.#peek();
    this.#index++;
    const operand = this.#nested(() => this.#binary(NOT_PRECEDENCE));
    return { type: 'unary', operator: 'not', operand, start, end: operand.end };
  }

  #test(input: Expression): Expression {
    this.#takeName('not');
    const right = this.#binary(TEST_PRECEDENCE + 1);
    const { start } = input;
    const callee = right.type === 'call' ? right.callee : right;
    const name =
      callee.type === 'name'
        ? { name: callee.name, start: callee.start, end: callee.end }
        : callee.type === 'literal' && callee.value === null
          ? { name: 'null', start: callee.start, end: callee.end }
          : { name: '', start: right.start, end: right.end };
    const args = right.type === 'call' ? right.args : [];
    return { type: 'test', input, name, args, start, end: right.end };
  }

  #filtered(): Expression {
    let expression = this.#unary();
    while (this.#take('|')) expression = this.#filterOf(expression, expression.start);
    return expression;
  }

  #filterOf(input: Expression | undefined, start: number): Expression {
    const first = this.#name();
    let last = first;
    let name = first.name;
    while (this.#take('.')) {
      last = this.#name();
      name += `.${last.name}`;
    }
    const args = this.#take('(') ? this.#nested(() => this.#arguments()) : [];
    const identifier = { name, start: first.start, end: last.end };
    return { type: 'filter', input, name: identifier, args, start, end: this.#lastEnd(start) };
  }

  #unary(): Expression {
    const { start, value } = this.#peek();
    if (!this.#take('-') && !this.#take('+')) return this.#postfix();
    const operand = this.#nested(() => this.#unary());
    if (operand.type === 'unary' && operand.operator === value) {
      this.#fail(`Repeated unparenthesized unary ${value} is not supported`, {
        start: operand.start,
        end: operand.start + 1,
      });
    }
    return { type: 'unary', operator: value, operand, start, end: operand.end };
  }

  #postfix(): Expression {
    let object = this.#primary();
    for (;;) {
      const { start } = object;
      if (this.#take('.')) {
        const property = this.#name();
        const end = this.#lastEnd(start);
        object = { type: 'member', object, property, isBracketed: false, start, end };
      } else if (this.#take('[')) object = this.#nested(() => this.#subscript(object));
      else if (this.#take('(')) {
        const args = this.#nested(() => this.#arguments());
        object = { type: 'call', callee: object, args, start, end: this.#lastEnd(start) };
      } else return object;
    }
  }

  #subscript(object: Expression): Expression {
    const { start } = object;
    const token = this.#peek();
    const indices: Expression[] = [];
    // Strings match, too, because the engine compares only values.
    const isAtBound = (): boolean => [':', ']'].includes(this.#peek().value);
    if (!isAtBound()) indices.push(this.#inlineIf());
    const isSlice = this.#isOperator(':');
    for (let colons = 0; colons < 2 && this.#take(':'); colons++) {
      if (!isAtBound()) indices.push(this.#inlineIf());
    }
    if (!isSlice && !indices.length) this.#fail('Expected subscript expression', this.#peek());
    this.#require(']');
    const [index] = indices;
    const end = this.#lastEnd(start);
    if (isSlice || index?.type !== 'literal' || typeof index.value !== 'string') {
      return { type: 'index', object, indices, start, end };
    }
    this.#allow(index.value, token);
    const isQuoted = token.kind === 'string';
    // An unclosed string ends with the code.
    const isOpen = this.#source.charAt(token.end - 1) !== this.#source.charAt(token.start);
    const property: MemberExpression['property'] = {
      name: index.value,
      start: token.start + (isQuoted ? 1 : 0),
      end: Math.max(token.start + 1, token.end - (isQuoted && !isOpen ? 1 : 0)),
    };
    return { type: 'member', object, property, isBracketed: true, start, end };
  }

  #primary(): Expression {
    const token = this.#peek();
    const { start, end, value } = token;
    switch (token.kind) {
      case 'number':
        this.#index++;
        return { type: 'literal', value: Number(value), start, end };
      case 'string':
      case 'regex':
        this.#index++;
        return { type: 'literal', value, start, end };
      case 'name': {
        this.#index++;
        const literal = LITERALS.get(value);
        if (literal !== undefined) return { type: 'literal', value: literal, start, end };
        this.#allow(value, token);
        return { type: 'name', name: value, start, end };
      }
      default:
    }
    if (this.#take('(')) {
      const items = this.#nested(() => this.#items(')'));
      if (!items.length) this.#fail('Parenthesized expression cannot be empty', token);
      return { type: 'list', items, start, end: this.#lastEnd(start) };
    }
    if (this.#take('[')) {
      const items = this.#nested(() => this.#items(']'));
      return { type: 'list', items, start, end: this.#lastEnd(start) };
    }
    if (this.#take('{')) {
      const pairs = this.#nested(() => this.#pairs());
      return { type: 'dict', pairs, start, end: this.#lastEnd(start) };
    }
    this.#fail(
      token.kind === 'end'
        ? 'Unexpected expression token at end of input'
        : `Unexpected expression token ${quoted(value)}`,
      token,
    );
    const place = this.#lastEnd(start);
    return { type: 'missing', start: place, end: place };
  }

  #items(closing: string): readonly Expression[] {
    if (this.#take(closing)) return [];
    const items: Expression[] = [];
    do items.push(this.#inlineIf());
    while (this.#take(','));
    this.#require(closing);
    return items;
  }

  #pairs(): readonly DictPair[] {
    if (this.#take('}')) return [];
    const pairs: DictPair[] = [];
    do {
      const token = this.#peek();
      const isKey =
        token.kind === 'string' || (token.kind === 'name' && !LITERALS.has(token.value));
      if (isKey) this.#index++;
      else this.#fail('Dictionary keys must be strings or names', token);
      this.#allow(isKey ? token.value : '', token);
      const key = { name: isKey ? token.value : '', start: token.start, end: token.end };
      if (this.#take(':')) pairs.push({ key, value: this.#inlineIf() });
      else this.#fail('Expected :', this.#peek());
    } while (this.#take(','));
    this.#require('}');
    return pairs;
  }

  /** Arguments up to `)`. Named ones may be anywhere, and count last. */
  #arguments(): readonly Argument[] {
    if (this.#take(')')) return [];
    const args: Argument[] = [];
    do {
      const isNamed = this.#peek().kind === 'name' && this.#peek(1).value === '=';
      const name = isNamed ? this.#name() : undefined;
      if (isNamed) this.#require('=');
      args.push({ name, value: this.#inlineIf() });
    } while (this.#take(','));
    this.#require(')');
    return args;
  }

  #name(): Identifier {
    const token = this.#peek();
    if (token.kind === 'name') {
      this.#index++;
      this.#allow(token.value, token);
      return { name: token.value, start: token.start, end: token.end };
    }
    this.#expected('name');
    const place = this.#lastEnd(token.start);
    return { name: '', start: place, end: place };
  }

  #require(operator: string): void {
    if (!this.#take(operator)) this.#fail(`Expected ${operator}`, this.#peek());
  }

  #expected(kind: 'eof' | 'name'): void {
    const token = this.#peek();
    // The engine reports an empty string as the end, too.
    const received = token.value === '' ? 'end of input' : quoted(token.value);
    this.#fail(`Expected ${kind}, received ${received}`, token);
  }

  #allow(name: string, place: Span): void {
    if (RESERVED_NAMES.has(name)) this.#fail(`Template name ${quoted(name)} is reserved`, place);
  }

  #fail(message: string, { start, end }: Span): void {
    this.#error ??= { message, start, end };
  }

  #nested<T extends Expression | readonly unknown[]>(parse: () => T): T {
    this.#depth++;
    if (this.#depth > MAX_NESTING) {
      this.#fail('Template parsing exceeded the nesting depth limit of 512', this.#peek());
      this.#index = this.#tokens.length - 1;
    }
    try {
      return parse();
    } finally {
      this.#depth--;
    }
  }

  /** End of the last token. */
  #lastEnd(start: number): number {
    return this.#index === 0 ? start : (this.#tokens[this.#index - 1]?.end ?? start);
  }

  #peek(offset = 0): Token {
    const token = this.#tokens[Math.min(this.#index + offset, this.#tokens.length - 1)];
    return token ?? { kind: 'end', value: '', start: this.#limit, end: this.#limit };
  }

  #isOperator(value: string): boolean {
    return this.#peek().kind === 'operator' && this.#peek().value === value;
  }

  #isName(value: string): boolean {
    return this.#peek().kind === 'name' && this.#peek().value === value;
  }

  #take(value: string): boolean {
    const isThere = this.#isOperator(value);
    if (isThere) this.#index++;
    return isThere;
  }

  #takeName(value: string): boolean {
    const isThere = this.#isName(value);
    if (isThere) this.#index++;
    return isThere;
  }
}
