/** Offsets into the template's source. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Token extends Span {
  readonly kind: 'name' | 'number' | 'string' | 'regex' | 'operator' | 'end';
  /** Of a string what it stands for, else as it is written. */
  readonly value: string;
}

/** A name as it is written; `''` where one is missing, as behind the dot of `parameters.`. */
export interface Identifier extends Span {
  readonly name: string;
}

/** A positional argument, or a named one. */
export interface Argument {
  readonly name: Identifier | undefined;
  readonly value: Expression;
}

/**
 * `parameters.name`, `parameters['name']`: what is read is known. The span of the property of the
 * latter is that of the text between the quotes.
 */
export interface MemberExpression extends Span {
  readonly type: 'member';
  readonly object: Expression;
  readonly property: Identifier;
  readonly isBracketed: boolean;
}

export interface CallExpression extends Span {
  readonly type: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
}

/** `input | name(args)`; the name may hold dots. */
export interface FilterExpression extends Span {
  readonly type: 'filter';
  /** Undefined for the body of a `{% filter %}`. */
  readonly input: Expression | undefined;
  readonly name: Identifier;
  readonly args: readonly Argument[];
}

/** `input is name(args)`, `input is not name`. */
export interface TestExpression extends Span {
  readonly type: 'test';
  readonly input: Expression;
  /** `''` where what stands there is not a test. */
  readonly name: Identifier;
  readonly args: readonly Argument[];
}

export type Expression =
  /** `steps` */
  | (Span & { readonly type: 'name'; readonly name: string })
  | MemberExpression
  /** `list[0]`, `list[name]`, `list[1:]`: what is read depends on values. */
  | (Span & {
      readonly type: 'index';
      readonly object: Expression;
      /** One, or those of a slice that are written. */
      readonly indices: readonly Expression[];
    })
  | CallExpression
  | FilterExpression
  | TestExpression
  /** Regular expressions as they are written. */
  | (Span & { readonly type: 'literal'; readonly value: string | number | boolean | null })
  /** `(a, b)`, `[a, b]`, and what is left of a text that does not parse. */
  | (Span & { readonly type: 'list'; readonly items: readonly Expression[] })
  | (Span & { readonly type: 'dict'; readonly pairs: readonly DictPair[] })
  | (Span & { readonly type: 'unary'; readonly operator: string; readonly operand: Expression })
  /** Its operator may be `not in`. */
  | (Span & {
      readonly type: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    })
  /** `value if condition else otherwise` */
  | (Span & {
      readonly type: 'conditional';
      readonly value: Expression;
      readonly condition: Expression;
      readonly otherwise: Expression | undefined;
    })
  /** Where an expression is to be, and nothing is. */
  | (Span & { readonly type: 'missing' });

export interface DictPair {
  readonly key: Identifier;
  readonly value: Expression;
}

/** A stretch of a template; together the segments are the source. */
export interface Segment extends Span {
  /** `raw` is a tag around text that is given out as it stands, `{% raw %}` or its end. */
  readonly kind: 'text' | 'expression' | 'statement' | 'comment' | 'raw';
  /** What stands between the delimiters. */
  readonly content: Span;
  /** Whether it ends as it should: what is being written often does not. */
  readonly isClosed: boolean;
  /** Of the content of expressions and statements. */
  readonly tokens: readonly Token[];
}

/** A name that a template gives a value itself. */
export interface Binding extends Identifier {
  readonly kind: 'loop' | 'set' | 'macro' | 'parameter' | 'implicit';
  /** What it, or each item of it, is taken from; undefined where a body makes it. */
  readonly value: Expression | undefined;
}

/** `${{ expression }}` */
export interface Output extends Span {
  readonly type: 'output';
  readonly segment: Segment;
  readonly expression: Expression;
}

/** `{% tag … %}` with what stands up to its end tag. */
export interface Statement extends Span {
  readonly type: 'statement';
  readonly tag: Identifier;
  readonly segment: Segment;
  /** What it evaluates where it stands. */
  readonly expressions: readonly Expression[];
  /** Names that are known after it. */
  readonly declares: readonly Binding[];
  readonly bodies: readonly Body[];
}

export interface Body {
  /** `{% else %}` and the like, which begin a further body; undefined for the first. */
  readonly tag: Identifier | undefined;
  /** What its tag evaluates. */
  readonly expressions: readonly Expression[];
  /** Names that are known in it alone. */
  readonly bindings: readonly Binding[];
  /** Whether names that are set in it are unknown outside. */
  readonly isScope: boolean;
  readonly nodes: readonly TemplateNode[];
}

export type TemplateNode = Output | Statement;

/** What is wrong with a template, in the words of the engine that Backstage renders with. */
export interface TemplateSyntaxError extends Span {
  readonly message: string;
}

export interface ParsedTemplate {
  readonly source: string;
  readonly segments: readonly Segment[];
  readonly nodes: readonly TemplateNode[];
  /** In the order of their places; Backstage tells of the first that it meets. */
  readonly errors: readonly TemplateSyntaxError[];
}
