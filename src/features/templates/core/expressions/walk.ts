import type {
  Binding,
  CallExpression,
  Expression,
  FilterExpression,
  Identifier,
  ParsedTemplate,
  Span,
  TemplateNode,
  TestExpression,
} from './syntax';

/** A value that a template reads: `steps.fetch.output.url`. */
export interface MemberPath extends Span {
  /** Root and property names up to the first dynamic one. `''` for a missing name. */
  readonly names: readonly [Identifier, ...Identifier[]];
  /** Definition of the root in the template. Undefined for names from outside. */
  readonly binding: Binding | undefined;
  /** Whether a dynamic property follows: `steps[name]`. */
  readonly isOpen: boolean;
  /** Whether it is called: `range(3)`, or a method of a string. */
  readonly isCalled: boolean;
  /**
   * Whether the template handles its absence: it is tested with `is defined` or `default`, is a condition, or
   * is used after a condition on it.
   */
  readonly isGuarded: boolean;
}

/** Names in a template, by position. */
export interface TemplateNames {
  readonly paths: readonly MemberPath[];
  readonly filters: readonly FilterExpression[];
  readonly tests: readonly TestExpression[];
  readonly bindings: readonly Binding[];
}

/** Finds the names that a template uses. A name is bound after its definition. */
export function namesIn({ nodes }: Pick<ParsedTemplate, 'nodes'>): TemplateNames {
  const walk = new NameCollector();
  walk.nodes(nodes, { known: new Map(), outer: undefined });
  return walk;
}

interface Scope {
  readonly known: Map<string, Binding>;
  readonly outer: Scope | undefined;
}

class NameCollector implements TemplateNames {
  readonly paths: MemberPath[] = [];
  readonly filters: FilterExpression[] = [];
  readonly tests: TestExpression[] = [];
  readonly bindings: Binding[] = [];
  /** Paths that the surrounding conditions test, with the number of conditions. */
  readonly #tested = new Map<string, number>();

  nodes(nodes: readonly TemplateNode[], scope: Scope): void {
    for (const node of nodes) {
      if (node.type === 'output') {
        this.#read(node.expression, scope, false);
        continue;
      }
      const isCondition = node.tag.name === 'if';
      const before = this.paths.length;
      for (const expression of node.expressions) this.#read(expression, scope, isCondition);
      const tested = isCondition ? this.#markTested(before) : [];
      // A macro is defined in its own body, a set variable only after it.
      if (node.tag.name === 'macro') this.#declare(node.declares, scope);
      for (const body of node.bodies) {
        const inner = body.isScope ? { known: new Map<string, Binding>(), outer: scope } : scope;
        const isElse = body.tag?.name.startsWith('el') ?? false;
        const from = this.paths.length;
        for (const expression of body.expressions) this.#read(expression, scope, isElse);
        if (isElse) tested.push(...this.#markTested(from));
        this.#declare(body.bindings, inner);
        this.nodes(body.nodes, inner);
      }
      for (const key of tested) this.#tested.set(key, (this.#tested.get(key) ?? 1) - 1);
      if (node.tag.name !== 'macro') this.#declare(node.declares, scope);
    }
  }

  /** Marks paths of a condition as tested until the statement ends. */
  #markTested(index: number): string[] {
    const keys = this.paths.slice(index).map(keyOf);
    for (const key of keys) this.#tested.set(key, (this.#tested.get(key) ?? 0) + 1);
    return keys;
  }

  #declare(bindings: readonly Binding[], { known }: Scope): void {
    for (const binding of bindings) {
      known.set(binding.name, binding);
      if (binding.kind !== 'implicit') this.bindings.push(binding);
    }
  }

  #read(expression: Expression, scope: Scope, isGuarded: boolean): void {
    switch (expression.type) {
      case 'name':
      case 'member':
      case 'index':
      case 'call':
        this.#path(expression, scope, isGuarded);
        break;
      case 'filter':
        if (expression.input) {
          const isDefault = expression.name.name === 'default' || expression.name.name === 'd';
          this.#read(expression.input, scope, isGuarded || isDefault);
        }
        this.filters.push(expression);
        for (const { value } of expression.args) this.#read(value, scope, false);
        break;
      case 'test': {
        const isExistence = ['defined', 'undefined'].includes(expression.name.name);
        this.#read(expression.input, scope, isGuarded || isExistence);
        this.tests.push(expression);
        for (const { value } of expression.args) this.#read(value, scope, false);
        break;
      }
      case 'list':
        for (const item of expression.items) this.#read(item, scope, isGuarded);
        break;
      case 'dict':
        for (const { value } of expression.pairs) this.#read(value, scope, false);
        break;
      case 'unary':
        this.#read(expression.operand, scope, isGuarded || expression.operator === 'not');
        break;
      case 'binary': {
        const isLogical = expression.operator === 'and' || expression.operator === 'or';
        this.#read(expression.left, scope, isGuarded || isLogical);
        this.#read(expression.right, scope, isGuarded);
        break;
      }
      case 'conditional': {
        const from = this.paths.length;
        this.#read(expression.value, scope, isGuarded);
        const values = this.paths.splice(from);
        this.#read(expression.condition, scope, true);
        const tested = new Set(this.paths.slice(from).map(keyOf));
        const guarded = values.map(path =>
          prefixesOf(path).some(key => tested.has(key)) ? { ...path, isGuarded: true } : path,
        );
        this.paths.splice(from, 0, ...guarded);
        if (expression.otherwise) this.#read(expression.otherwise, scope, isGuarded);
        break;
      }
      case 'literal':
      case 'missing':
    }
  }

  #path(expression: Expression, scope: Scope, isGuarded: boolean): void {
    const later: Expression[] = [];
    const behind: (Identifier | 'value' | CallExpression)[] = [];
    let root = expression;
    for (;;) {
      if (root.type === 'member') {
        behind.unshift(root.property);
        root = root.object;
      } else if (root.type === 'index') {
        behind.unshift('value');
        later.unshift(...root.indices);
        root = root.object;
      } else if (root.type === 'call') {
        behind.unshift(root);
        later.unshift(...root.args.map(({ value }) => value));
        root = root.callee;
      } else break;
    }
    if (root.type === 'name') {
      const { name, start, end } = root;
      const names: [Identifier, ...Identifier[]] = [{ name, start, end }];
      const ending = behind.findIndex(item => item === 'value' || 'type' in item);
      const known = ending < 0 ? behind : behind.slice(0, ending);
      for (const item of known) if (item !== 'value' && !('type' in item)) names.push(item);
      const isTested = prefixesOf({ names }).some(key => (this.#tested.get(key) ?? 0) > 0);
      this.paths.push({
        names,
        binding: lookUp(name, scope),
        isOpen: behind[ending] === 'value',
        isCalled: ending >= 0 && behind[ending] !== 'value',
        isGuarded: isGuarded || isTested,
        start,
        end: names.at(-1)?.end ?? end,
      });
    } else this.#read(root, scope, isGuarded);
    for (const item of later) this.#read(item, scope, false);
  }
}

/** Longer paths are compared by their first names only. */
const LONGEST_KEY = 20;

function keyOf({ names }: Pick<MemberPath, 'names'>): string {
  return names
    .slice(0, LONGEST_KEY)
    .map(({ name }) => name)
    .join('\0');
}

/** Keys of the path's prefixes, without the root, which always exists. */
function prefixesOf({ names }: Pick<MemberPath, 'names'>): readonly string[] {
  const prefixes: string[] = [];
  let key = names[0].name;
  for (const { name } of names.slice(1, LONGEST_KEY)) prefixes.push((key = `${key}\0${name}`));
  return prefixes.length ? prefixes : [key];
}

function lookUp(name: string, scope: Scope): Binding | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const binding = at.known.get(name);
    if (binding) return binding;
  }
  return undefined;
}
