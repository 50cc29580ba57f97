/** Offsets into the template's source. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Token extends Span {
  readonly kind: 'name' | 'number' | 'string' | 'regex' | 'operator' | 'end';
  /** Unescaped value of a string, or the source of other tokens. */
  readonly value: string;
}

/** A name, or `''` if it is missing, as in `parameters.`. */
export interface Identifier extends Span {
  readonly name: string;
}

/** A positional or named argument. */
export interface Argument {
  readonly name: Identifier | undefined;
  readonly value: Expression;
}

/**
 * `parameters.name` or `parameters['name']`. The span of the latter's property is the text between the quotes.
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

/** `input | name(args)`. The name may contain dots. */
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
  /** `''` if the code isn't a test. */
  readonly name: Identifier;
  readonly args: readonly Argument[];
}

export type Expression =
  /** `steps` */
  | (Span & { readonly type: 'name'; readonly name: string })
  | MemberExpression
  /** `list[0]`, `list[name]` or `list[1:]`. The property depends on values. */
  | (Span & {
      readonly type: 'index';
      readonly object: Expression;
      /** One index, or the given ones of a slice. */
      readonly indices: readonly Expression[];
    })
  | CallExpression
  | FilterExpression
  | TestExpression
  /** Regular expressions have their source as value. */
  | (Span & { readonly type: 'literal'; readonly value: string | number | boolean | null })
  /** `(a, b)`, `[a, b]`, and the rest of code with errors. */
  | (Span & { readonly type: 'list'; readonly items: readonly Expression[] })
  | (Span & { readonly type: 'dict'; readonly pairs: readonly DictPair[] })
  | (Span & { readonly type: 'unary'; readonly operator: string; readonly operand: Expression })
  /** The operator may be `not in`. */
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
  /** A missing expression. */
  | (Span & { readonly type: 'missing' });

export interface DictPair {
  readonly key: Identifier;
  readonly value: Expression;
}

/** Part of a template. All segments together are the source. */
export interface Segment extends Span {
  /** `raw` is a `{% raw %}` tag or its end. */
  readonly kind: 'text' | 'expression' | 'statement' | 'comment' | 'raw';
  /** Text between the delimiters. */
  readonly content: Span;
  /** Whether it has its closing delimiter. */
  readonly isClosed: boolean;
  /** Tokens of an expression or statement. */
  readonly tokens: readonly Token[];
}

/** A name that the template defines. */
export interface Binding extends Identifier {
  readonly kind: 'loop' | 'set' | 'macro' | 'parameter' | 'implicit';
  /** The value, or the list of values. Undefined if a body renders it. */
  readonly value: Expression | undefined;
}

/** `${{ expression }}` */
export interface Output extends Span {
  readonly type: 'output';
  readonly segment: Segment;
  readonly expression: Expression;
}

/** `{% tag … %}` with the nodes up to its end tag. */
export interface Statement extends Span {
  readonly type: 'statement';
  readonly tag: Identifier;
  readonly segment: Segment;
  /** Expressions of the opening tag. */
  readonly expressions: readonly Expression[];
  /** Names that are defined after it. */
  readonly declares: readonly Binding[];
  readonly bodies: readonly Body[];
}

export interface Body {
  /** Tag such as `{% else %}` that begins the body. Undefined for the first. */
  readonly tag: Identifier | undefined;
  /** Expressions of the tag. */
  readonly expressions: readonly Expression[];
  /** Names that are defined only in the body. */
  readonly bindings: readonly Binding[];
  /** Whether names that the body sets are undefined outside it. */
  readonly isScope: boolean;
  readonly nodes: readonly TemplateNode[];
}

export type TemplateNode = Output | Statement;

/** A syntax error, worded by Backstage's engine. */
export interface TemplateSyntaxError extends Span {
  readonly message: string;
}

export interface ParsedTemplate {
  readonly source: string;
  readonly segments: readonly Segment[];
  readonly nodes: readonly TemplateNode[];
  /** Errors by position. Backstage reports only the first that it finds. */
  readonly errors: readonly TemplateSyntaxError[];
}
