import { compileNode, type Pattern, type PatternNode } from '../patterns';

export interface NameOptions {
  readonly ignoreCase: boolean;
  /** Whether wildcards match a dot at the start of a name. */
  readonly dots: boolean;
}

type Token =
  | { readonly type: 'literal'; readonly character: string }
  | { readonly type: 'one' | 'star' }
  | { readonly type: 'bar' | 'close' }
  | { readonly type: 'class'; readonly node: PatternNode }
  | { readonly type: 'open'; readonly sign: string };

type Item =
  | Exclude<Token, { readonly type: 'open' | 'bar' | 'close' }>
  | {
      readonly type: 'group';
      readonly sign: string;
      readonly choices: readonly (readonly Item[])[];
    };

/** How wildcards treat the dot at the start of a name. */
type DotRule =
  /** Like other characters. */
  | 'free'
  /** They match behind it only. */
  | 'behind'
  /** They match nothing, as in `.` and `..`. */
  | 'never';

const MAX_GROUPS = 256;
/** In instructions: more than the longest name has. */
const MAX_SIZE = 100_000;
const ANY: PatternNode = { type: 'character', source: '[^]', flags: 'u' };
const NEVER: PatternNode = { type: 'character', source: '[]', flags: 'u' };
const EMPTY: PatternNode = { type: 'sequence', items: [] };
const START: PatternNode = { type: 'place', is: { at: 'start', ofLine: false } };
const END: PatternNode = { type: 'place', is: { at: 'end', ofLine: false } };
const BEHIND_START: PatternNode = { type: 'place', is: { at: 'behindStart' } };

/**
 * Pattern of one name on a path, as minimatch understands it: what `!(a|b)` takes is anything but `a` and `b`.
 *
 * Source: `@isaacs/nonrecursive-glob-match`, which minimatch 11 uses; NOTICE has its license.
 */
export class MinimatchName {
  readonly #items: readonly Item[];
  readonly #options: NameOptions;
  /** Compiled when they are first needed; undefined if they are too large, and match nothing. */
  readonly #patterns = new Map<DotRule, Pattern | undefined>();

  /** @throws RangeError if it has more groups than anybody writes */
  constructor(glob: string, options: NameOptions) {
    this.#options = options;
    this.#items = readItems(glob, options.ignoreCase);
  }

  /** @throws StepsSpentError */
  matches(name: string, budget: { left: number }): boolean {
    const rule =
      name === '.' || name === '..'
        ? 'never'
        : name.startsWith('.') && !this.#options.dots
          ? 'behind'
          : 'free';
    return this.#pattern(rule)?.test(name, budget) === true;
  }

  #pattern(rule: DotRule): Pattern | undefined {
    if (!this.#patterns.has(rule)) {
      const compiler = new Compiler(rule, this.#options.ignoreCase);
      const items = [START, ...compiler.nodes(this.#items, true), END];
      this.#patterns.set(rule, compileNode({ type: 'sequence', items }, { maxSize: MAX_SIZE }));
    }
    return this.#patterns.get(rule);
  }
}

/** The only name that a glob matches; undefined if there can be others. */
export function literalName(glob: string): string | undefined {
  if (glob === '+()' || glob === '@()') return glob;
  let name = '';
  for (let at = 0; at < glob.length; at++) {
    const character = glob.charAt(at);
    if (character === '\\') {
      name += glob.charAt(++at) || character;
    } else if (character === '*' || character === '?') {
      return undefined;
    } else if (character === '[') {
      const end = classEnd(glob, at);
      if (end === undefined) {
        name += character;
        continue;
      }
      // A class of one character is that character.
      const member = glob.slice(at + 1, end).replace(/^\\/, '');
      const isNegated = '!^'.includes(glob.charAt(at + 1));
      if ([...member].length !== 1 || isNegated) return undefined;
      name += member;
      at = end;
    } else if (
      '+@!'.includes(character) &&
      glob[at + 1] === '(' &&
      glob.indexOf(')', at + 2) >= 0
    ) {
      return undefined;
    } else name += character;
  }
  return name;
}

function classEnd(glob: string, start: number): number | undefined {
  let at = start + 1;
  if (glob[at] === '!' || glob[at] === '^') at++;
  for (let isFirst = true; at < glob.length; at++, isFirst = false) {
    if (glob[at] === ']' && !isFirst) return at;
    if (glob[at] === '\\') at++;
  }
  return undefined;
}

class Compiler {
  readonly #rule: DotRule;
  readonly #flags: string;

  constructor(rule: DotRule, ignoreCase: boolean) {
    this.#rule = rule;
    this.#flags = ignoreCase ? 'iu' : 'u';
  }

  nodes(items: readonly Item[], isTop: boolean): readonly PatternNode[] {
    return items.map(item => this.#node(item, isTop));
  }

  #node(item: Item, isTop: boolean): PatternNode {
    switch (item.type) {
      case 'literal':
        return { type: 'character', source: escaped(item.character), flags: this.#flags };
      case 'one':
        return this.#guarded(ANY, isTop);
      case 'class':
        return this.#guarded(item.node, isTop);
      case 'star':
        return this.#guarded(repeated(ANY, 0), isTop);
      case 'group':
        return this.#group(item, isTop);
    }
  }

  #group(item: Item & { readonly type: 'group' }, isTop: boolean): PatternNode {
    const isExcluded = item.sign === '!';
    const node: PatternNode = {
      type: 'alternatives',
      items: item.choices.map((choice): PatternNode => {
        return { type: 'sequence', items: this.nodes(choice, isTop && !isExcluded) };
      }),
    };
    switch (item.sign) {
      case '@':
        return node;
      case '?':
        return { type: 'repetition', item: node, min: 0, max: 1 };
      case '*':
        return repeated(node, 0);
      case '+':
        return repeated(node, 1);
      default:
        return this.#except(item, node, isTop);
    }
  }

  #except(
    { choices }: Item & { readonly type: 'group' },
    item: PatternNode,
    isTop: boolean,
  ): PatternNode {
    const except: PatternNode = { type: 'except', item };
    if (!isTop || this.#rule === 'free') return except;
    const empty = choices.some(matchesEmpty) ? NEVER : EMPTY;
    if (this.#rule === 'never') return empty;
    return {
      type: 'alternatives',
      items: [sequence(START, empty), sequence(BEHIND_START, except)],
    };
  }

  #guarded(node: PatternNode, isTop: boolean): PatternNode {
    if (!isTop || this.#rule === 'free') return node;
    return this.#rule === 'never' ? NEVER : sequence(BEHIND_START, node);
  }
}

function sequence(...items: readonly PatternNode[]): PatternNode {
  return { type: 'sequence', items };
}

function repeated(item: PatternNode, min: number): PatternNode {
  return { type: 'repetition', item, min, max: Infinity };
}

function matchesEmpty(items: readonly Item[]): boolean {
  return items.every(item => {
    if (item.type === 'star') return true;
    if (item.type !== 'group') return false;
    if (item.sign === '?' || item.sign === '*') return true;
    return item.choices.some(matchesEmpty) !== (item.sign === '!');
  });
}

function readItems(glob: string, ignoreCase: boolean): readonly Item[] {
  // Nothing in a group is the group's own text.
  const hasGroups = !/^[?*+@]\(\)$/.test(glob);
  const tokens = tokenize(glob, { hasGroups, ignoreCase });
  if (tokens.filter(({ type }) => type === 'open').length > MAX_GROUPS) {
    throw new RangeError('The pattern has too many groups');
  }
  const [items = []] = choicesOf(tokens, closesOf(tokens), { start: 0, end: tokens.length });
  return items;
}

function tokenize(
  glob: string,
  { hasGroups, ignoreCase }: { hasGroups: boolean; ignoreCase: boolean },
): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < glob.length;) {
    const character = characterAt(glob, at);
    if (character === '\\') {
      const escape = characterAt(glob, at + 1) || character;
      tokens.push({ type: 'literal', character: escape });
      at += 1 + escape.length;
      continue;
    }
    const found = character === '[' ? readClass(glob, at, ignoreCase) : undefined;
    if (found) {
      tokens.push({ type: 'class', node: found.node });
      at = found.end;
      continue;
    }
    if (hasGroups && '!?+*@'.includes(character) && glob[at + 1] === '(') {
      tokens.push({ type: 'open', sign: character });
      at += 2;
      continue;
    }
    if (hasGroups && character === '|') tokens.push({ type: 'bar' });
    else if (hasGroups && character === ')') tokens.push({ type: 'close' });
    else if (character === '*') tokens.push({ type: 'star' });
    else if (character === '?') tokens.push({ type: 'one' });
    else tokens.push({ type: 'literal', character });
    at += character.length;
  }
  return tokens;
}

/** Indexes of the tokens that close groups, by those that open them. */
function closesOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closes = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { type }] of tokens.entries()) {
    if (type === 'open') open.push(index);
    else if (type === 'close') {
      const start = open.pop();
      if (start !== undefined) closes.set(start, index);
    }
  }
  return closes;
}

function choicesOf(
  tokens: readonly Token[],
  closes: ReadonlyMap<number, number>,
  { start, end, isInGroup = false }: { start: number; end: number; isInGroup?: boolean },
): readonly (readonly Item[])[] {
  let items: Item[] = [];
  const choices = [items];
  for (let at = start; at < end; at++) {
    const token = tokens[at];
    if (!token) continue;
    switch (token.type) {
      case 'open': {
        const close = closes.get(at);
        if (close === undefined) {
          items.push(literal(token.sign), literal('('));
          break;
        }
        const inner = { start: at + 1, end: close, isInGroup: true };
        items.push({ type: 'group', sign: token.sign, choices: choicesOf(tokens, closes, inner) });
        at = close;
        break;
      }
      case 'bar':
        if (isInGroup) choices.push((items = []));
        else items.push(literal('|'));
        break;
      case 'close':
        items.push(literal(')'));
        break;
      default:
        items.push(token);
    }
  }
  return choices;
}

function literal(character: string): Item {
  return { type: 'literal', character };
}

/** Classes of POSIX as properties of Unicode; a `^` stands before what a class excludes. */
const POSIX_CLASSES: ReadonlyMap<string, string> = new Map([
  ['alnum', '\\p{L}\\p{Nl}\\p{Nd}'],
  ['alpha', '\\p{L}\\p{Nl}'],
  ['ascii', '\\x00-\\x7f'],
  ['blank', '\\p{Zs}\\t'],
  ['cntrl', '\\p{Cc}'],
  ['digit', '\\p{Nd}'],
  ['graph', '^\\p{Z}\\p{C}'],
  ['lower', '\\p{Ll}'],
  ['print', '^\\p{C}'],
  ['punct', '\\p{P}\\p{S}'],
  ['space', '\\p{Z}\\t\\r\\n\\v\\f'],
  ['upper', '\\p{Lu}'],
  ['word', '\\p{L}\\p{Nl}\\p{Nd}\\p{Pc}'],
  ['xdigit', 'A-Fa-f0-9'],
]);

interface FoundClass {
  readonly node: PatternNode;
  /** Index behind it. */
  readonly end: number;
}

/** Class of characters at a place of a glob; undefined if it never closes. */
function readClass(glob: string, start: number, ignoreCase: boolean): FoundClass | undefined {
  let at = start + 1;
  const isNegated = glob[at] === '!' || glob[at] === '^';
  if (isNegated) at++;
  const flags = ignoreCase ? 'iu' : 'u';
  const nothing: FoundClass = { node: NEVER, end: glob.length };
  let members = '';
  let excluded = '';
  let rangeStart: string | undefined;
  for (let isFirst = true; isFirst || glob[at] !== ']'; isFirst = false) {
    let character = characterAt(glob, at);
    if (character === '') return undefined;
    const name =
      character === '[' ? /^\[:([a-z]+):\]/.exec(glob.slice(at, at + 12))?.[1] : undefined;
    const posixClass = name === undefined ? undefined : POSIX_CLASSES.get(name);
    if (name !== undefined && posixClass !== undefined) {
      if (rangeStart !== undefined) return nothing;
      if (posixClass.startsWith('^')) excluded += posixClass.slice(1);
      else members += posixClass;
      at += name.length + 4;
      continue;
    }
    if (character === '\\') {
      character = characterAt(glob, ++at);
      if (character === '') return undefined;
    }
    at += character.length;
    // Escaped or not, a `^` that comes first negates the class.
    const member = (text: string): string =>
      text === '^' && members === '' ? text : escaped(text);
    if (rangeStart !== undefined) {
      const isRange = comparePoints(rangeStart, character) <= 0;
      if (isRange) members += `${member(rangeStart)}-${escaped(character)}`;
      rangeStart = undefined;
    } else if (glob.startsWith('-]', at)) {
      members += `${member(character)}\\-`;
      at++;
    } else if (glob[at] === '-') {
      rangeStart = character;
      at++;
    } else members += member(character);
  }
  if (members === '' && excluded === '') return nothing;
  const items: PatternNode[] = [];
  const sign = isNegated ? '^' : '';
  if (members !== '') items.push({ type: 'character', source: `[${sign}${members}]`, flags });
  const opposite = isNegated ? '' : '^';
  if (excluded !== '') items.push({ type: 'character', source: `[${opposite}${excluded}]`, flags });
  return { node: { type: 'alternatives', items }, end: at + 1 };
}

function comparePoints(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}

function characterAt(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? '' : String.fromCodePoint(point);
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;
}
