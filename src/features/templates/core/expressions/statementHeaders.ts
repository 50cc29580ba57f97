import { ExpressionParser } from './expressionParser';
import type {
  Binding,
  Body,
  Expression,
  Identifier,
  Segment,
  Span,
  TemplateSyntaxError,
  Token,
} from './syntax';
import { isCodeBlank } from './tokens';

/** Parsed opening tag of a statement. */
export interface Header {
  readonly expressions: readonly Expression[];
  readonly declares?: readonly Binding[];
  /** Undefined for a statement without an end tag. */
  readonly body?: Pick<Body, 'bindings' | 'expressions' | 'isScope'>;
  /** Tags that continue or end the statement, in the order of messages. */
  readonly stops: readonly string[];
  /** Name of a `{% block %}`. */
  readonly name?: string;
}

/** Parses the code of tags after their name. */
export class HeaderReader {
  readonly #source: string;
  readonly #segment: Segment;
  readonly #tokens: readonly Token[];
  /** The first error. */
  #error: TemplateSyntaxError | undefined;

  constructor(source: string, segment: Segment) {
    this.#source = source;
    this.#segment = segment;
    this.#tokens = segment.tokens.slice(1);
  }

  get error(): TemplateSyntaxError | undefined {
    return this.#error;
  }

  /** Undefined for unknown tags. */
  read(tag: string): Header | undefined {
    switch (tag) {
      case 'if':
        return {
          expressions: [this.expression()],
          body: plainBody,
          stops: ['elif', 'elseif', 'else', 'endif'],
        };
      case 'for':
        return this.#for();
      case 'set':
        return this.#set();
      case 'macro':
        return this.#macro();
      case 'call':
        return this.#call();
      case 'filter': {
        const expressions = [this.#parsed(this.#tokens, parser => parser.filter())];
        return { expressions, body: plainBody, stops: ['endfilter'] };
      }
      case 'block': {
        const name = this.expression();
        if (name.type !== 'name') this.#fail('Block name must be an identifier');
        return {
          expressions: [],
          body: { bindings: [], expressions: [], isScope: true },
          stops: ['endblock'],
          ...(name.type === 'name' && { name: name.name }),
        };
      }
      case 'switch':
        return {
          expressions: [this.expression()],
          body: plainBody,
          stops: ['case', 'default', 'endswitch'],
        };
      default:
        return undefined;
    }
  }

  expression(): Expression {
    return this.#parse(this.#tokens);
  }

  #for(): Header {
    const at = this.#topLevelIn();
    if (at < 0) this.#fail('For tag requires an in expression');
    const names = at < 0 ? this.#tokens : this.#tokens.slice(0, at);
    const targets = this.#targets(names, names.at(-1)?.end);
    if (targets.length === 1 && targets[0]?.name === 'loop') {
      this.#fail('A single loop target cannot be named loop');
    }
    const list = at < 0 ? undefined : this.#parse(this.#tokens.slice(at + 1));
    const bindings = targets.map(target => ({
      ...target,
      kind: 'loop' as const,
      value: list,
    }));
    return {
      expressions: list ? [list] : [],
      body: {
        bindings: [...bindings, this.#implicit('loop')],
        expressions: [],
        isScope: true,
      },
      stops: ['else', 'endfor'],
    };
  }

  #set(): Header {
    const tokens = this.#tokens;
    const at = this.#topLevel(token => token.kind === 'operator' && token.value.includes('='));
    const sign = tokens[at];
    const targets = this.#targets(sign ? tokens.slice(0, at) : tokens, sign?.start);
    if (!sign) {
      return {
        expressions: [],
        declares: targets.map(target => ({ ...target, kind: 'set', value: undefined })),
        body: plainBody,
        stops: ['endset'],
      };
    }
    if (sign.value !== '=') {
      this.#failAt('Unexpected expression token "="', { start: sign.start + 1, end: sign.end });
    }
    const value = this.#parse(tokens.slice(at + 1));
    return {
      expressions: [value],
      declares: targets.map(target => ({ ...target, kind: 'set', value })),
      stops: [],
    };
  }

  #macro(): Header {
    const tokens = this.#tokens;
    const [name, open] = tokens;
    const last = tokens.at(-2);
    const isSignature =
      name?.kind === 'name' && isOperator(open, '(') && isOperator(last, ')') && last !== open;
    if (!isSignature) this.#fail('Invalid macro signature');
    else if (['true', 'false', 'none', 'null'].includes(name.value)) {
      this.#fail('Macro name must be an identifier');
    }
    const signature = tokens.slice(2, -1);
    const declared = name?.kind === 'name' ? [bindingOf(name, 'macro')] : [];
    return {
      expressions: [],
      declares: declared,
      body: this.#callable(isSignature ? signature : []),
      stops: ['endmacro'],
    };
  }

  #call(): Header {
    let tokens = this.#tokens;
    let signature: readonly Token[] = [];
    if (isOperator(tokens[0], '(')) {
      const closing = closingIndex(tokens);
      if (closing < 0) this.#fail('Invalid call-block arguments');
      else {
        signature = tokens.slice(1, closing + 1);
        tokens = tokens.slice(closing + 1);
      }
    }
    const call = this.#parse(tokens);
    if (call.type !== 'call') this.#fail('Call block requires a function call');
    else if (!isStaticTarget(call.callee)) {
      this.#fail('Call block target must be a static macro reference');
    }
    return { expressions: [call], body: this.#callable(signature), stops: ['endcall'] };
  }

  /** Parses the parameters of a macro or caller, up to and including `)`. */
  #callable(tokens: readonly Token[]): Header['body'] {
    const end = endToken(tokens.at(-1)?.end ?? this.#segment.content.end);
    const args = tokens.length ? this.#parsed([...tokens, end], parser => parser.signature()) : [];
    const bindings = args.flatMap(({ name, value }): Binding[] => {
      if (name) return [{ ...name, kind: 'parameter', value }];
      const { start, end } = value;
      return value.type === 'name'
        ? [{ name: value.name, start, end, kind: 'parameter', value: undefined }]
        : [];
    });
    return {
      bindings: [...bindings, this.#implicit('caller')],
      expressions: args.flatMap(({ name, value }) => (name ? [value] : [])),
      isScope: true,
    };
  }

  #parse(tokens: readonly Token[]): Expression {
    return this.#parsed(tokens, parser => parser.expression());
  }

  #targets(tokens: readonly Token[], end = this.#segment.content.end): readonly Identifier[] {
    const isWhole = tokens.at(-1)?.kind === 'end';
    const all = isWhole ? tokens : [...tokens, endToken(end)];
    const targets = this.#parsed(all, parser => parser.targets());
    return targets.filter(({ name }) => name !== '');
  }

  #parsed<T>(tokens: readonly Token[], parse: (parser: ExpressionParser) => T): T {
    const parser = new ExpressionParser(this.#source, tokens);
    const result = parse(parser);
    this.#error ??= parser.error;
    return result;
  }

  /** Index of a loop's `in`, which needs whitespace around it. */
  #topLevelIn(): number {
    return this.#topLevel((token, index) => {
      if (token.kind !== 'name' || token.value !== 'in') return false;
      const { [index - 1]: before, [index + 1]: after } = this.#tokens;
      const isBlankBefore = !before || isCodeBlank(this.#source.charAt(token.start - 1));
      const isBlankAfter = after?.kind === 'end' || isCodeBlank(this.#source.charAt(token.end));
      return isBlankBefore && isBlankAfter;
    });
  }

  /** Index of the first match outside of brackets, or -1. */
  #topLevel(matches: (token: Token, index: number) => boolean): number {
    let depth = 0;
    return this.#tokens.findIndex((token, index) => {
      if (depth === 0 && matches(token, index)) return true;
      if (token.kind === 'operator' && '([{'.includes(token.value)) depth++;
      if (token.kind === 'operator' && ')]}'.includes(token.value)) depth--;
      return false;
    });
  }

  #implicit(name: string): Binding {
    const { start } = this.#segment;
    return { name, start, end: start, kind: 'implicit', value: undefined };
  }

  #fail(message: string): void {
    this.#failAt(message, this.#segment);
  }

  #failAt(message: string, { start, end }: Span): void {
    this.#error ??= { message, start, end };
  }
}

const plainBody: NonNullable<Header['body']> = { bindings: [], expressions: [], isScope: false };

function isOperator(token: Token | undefined, value: string): token is Token {
  return token?.kind === 'operator' && token.value === value;
}

function bindingOf({ value, start, end }: Token, kind: Binding['kind']): Binding {
  return { name: value, start, end, kind, value: undefined };
}

function endToken(at: number): Token {
  return { kind: 'end', value: '', start: at, end: at };
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** Index of the bracket that closes the first one, or -1. Skips unmatched closing brackets. */
function closingIndex(tokens: readonly Token[]): number {
  const open: string[] = [];
  return tokens.findIndex(({ kind, value }) => {
    if (kind !== 'operator') return false;
    const closing = CLOSING.get(value);
    if (closing !== undefined) open.push(closing);
    else if (value === open.at(-1)) open.pop();
    else return false;
    return !open.length;
  });
}

/** Whether a macro is referenced by name instead of by a value. */
function isStaticTarget(callee: Expression): boolean {
  if (callee.type === 'name') return true;
  if (callee.type === 'member') return isStaticTarget(callee.object);
  if (callee.type !== 'index' || callee.indices.length !== 1) return false;
  return callee.indices[0]?.type === 'literal' && isStaticTarget(callee.object);
}
