import { compileNode, type Pattern, type PatternNode, type StepBudget } from '../linearRegExp';

export interface NameOptions {
  /** Whether to ignore case. */
  readonly ignoreCase: boolean;
  /** Whether wildcards match names that start with a dot. */
  readonly dots: boolean;
}

type Part =
  | { readonly type: 'literal'; readonly character: string }
  /** A `*`, a `?` or a class; `only` is the character of a class with one member. */
  | { readonly type: 'wildcard'; readonly node: PatternNode; readonly only?: string | undefined }
  | { readonly type: 'group'; readonly sign: string; readonly choices: readonly Parts[] };
type Parts = readonly Part[];

/** The way in which wildcards treat a dot at the start of a name. */
type DotRule =
  /** Match it like other characters. */
  | 'free'
  /** Match only after it. */
  | 'behind'
  /** Match nothing, as in `.` and `..`. */
  | 'never';

const MAX_GROUPS = 256;
/** The maximum number of instructions: more than the longest name has. */
const MAX_SIZE = 100_000;
const ANY: PatternNode = { type: 'character', source: '[^]', flags: 'u' };
const NEVER: PatternNode = { type: 'character', source: '[]', flags: 'u' };
const START: PatternNode = { type: 'place', is: { at: 'start', ofLine: false } };
const END: PatternNode = { type: 'place', is: { at: 'end', ofLine: false } };
const BEHIND_START: PatternNode = { type: 'place', is: { at: 'behindStart' } };

/**
 * Pattern of one path segment with minimatch's syntax: `*`, `?`, classes and groups of a shell. `!(a|b)` matches
 * anything but `a` and `b`.
 */
export class MinimatchName {
  /** The only name that the pattern matches; undefined if there can be others. */
  readonly literal: string | undefined;
  readonly #parts: Parts;
  readonly #options: NameOptions;
  /** Patterns, compiled on first use; undefined if they are too large, and match nothing. */
  readonly #patterns = new Map<DotRule, Pattern | undefined>();

  /** @throws RangeError if the pattern has too many groups */
  constructor(glob: string, options: NameOptions) {
    this.#options = options;
    this.#parts = readParts(glob, options.ignoreCase ? 'iu' : 'u');
    const hasCases = options.ignoreCase && glob.toUpperCase() !== glob.toLowerCase();
    this.literal = hasCases ? undefined : literalOf(this.#parts);
  }

  /** @throws StepsSpentError */
  matches(name: string, budget: StepBudget): boolean {
    if (name === '') return false;
    const isDotted = name.startsWith('.') && !this.#options.dots;
    const rule = /^\.\.?$/.test(name) ? 'never' : isDotted ? 'behind' : 'free';
    if (!this.#patterns.has(rule)) {
      const node = sequence(START, ...this.#nodes(this.#parts, rule), END);
      this.#patterns.set(rule, compileNode(node, { maxSize: MAX_SIZE }));
    }
    return this.#patterns.get(rule)?.test(name, budget) === true;
  }

  #nodes(parts: Parts, rule: DotRule): readonly PatternNode[] {
    return parts.map(part => {
      switch (part.type) {
        case 'literal':
          return character(part.character, this.#options.ignoreCase ? 'iu' : 'u');
        case 'wildcard':
          if (rule === 'free') return part.node;
          return rule === 'never' ? NEVER : sequence(BEHIND_START, part.node);
        case 'group':
          return part.sign === '!' ? this.#exception(part.choices, rule) : this.#group(part, rule);
      }
    });
  }

  #group({ sign, choices }: Part & { type: 'group' }, rule: DotRule): PatternNode {
    const item = alternatives(choices.map(choice => sequence(...this.#nodes(choice, rule))));
    if (sign === '@') return item;
    const max = sign === '?' ? 1 : Infinity;
    return { type: 'repetition', item, min: sign === '+' ? 1 : 0, max };
  }

  /** Returns a node for any text that the choices don't match. */
  #exception(choices: readonly Parts[], rule: DotRule): PatternNode {
    const item = alternatives(choices.map(choice => sequence(...this.#nodes(choice, 'free'))));
    const except: PatternNode = { type: 'except', item };
    if (rule === 'free') return except;
    const nothing = isOptional(item) ? NEVER : sequence();
    if (rule === 'never') return nothing;
    return alternatives([sequence(START, nothing), sequence(BEHIND_START, except)]);
  }
}

function literalOf(parts: Parts): string | undefined {
  let name = '';
  for (const part of parts) {
    const text = part.type === 'literal' ? part.character : part.type === 'wildcard' && part.only;
    if (typeof text !== 'string') return undefined;
    name += text;
  }
  return name;
}

/** Whether the node matches the empty text. */
function isOptional(node: PatternNode): boolean {
  switch (node.type) {
    case 'sequence':
      return node.items.every(isOptional);
    case 'alternatives':
      return node.items.some(isOptional);
    case 'repetition':
      return node.min === 0 || isOptional(node.item);
    case 'except':
      return !isOptional(node.item);
    default:
      return false;
  }
}

/** A group that is being parsed, inside `outer` if that is set. */
interface OpenGroup {
  readonly sign: string;
  readonly choices: Part[][];
  readonly outer: OpenGroup | undefined;
}

function readParts(glob: string, flags: string): Parts {
  // An empty group is a group only beside other parts.
  if (/^[?*+@]\(\)$/.test(glob)) {
    return [...readParts(glob.charAt(0), flags), literal('('), literal(')')];
  }
  let group: OpenGroup = { sign: '', choices: [[]], outer: undefined };
  let groups = 0;
  const add = (...parts: Parts): void => {
    group.choices.at(-1)?.push(...parts);
  };
  for (const [text, escape, members, sign] of glob.matchAll(TOKEN)) {
    if (escape !== undefined) add(literal(escape));
    else if (members !== undefined) {
      const node = readClass(members, flags);
      add({ type: 'wildcard', node, only: /^\\?(.)$/su.exec(members)?.[1] });
      // A class without members invalidates the rest of the pattern.
      if (node === NEVER) break;
    } else if (sign !== undefined) {
      if (++groups > MAX_GROUPS) throw new RangeError('The pattern has too many groups');
      group = { sign, choices: [[]], outer: group };
    } else if (text === ')' && group.outer) {
      const closed: Part = { type: 'group', sign: group.sign, choices: group.choices };
      group = group.outer;
      add(closed);
    } else if (text === '|' && group.outer) group.choices.push([]);
    else if (text === '?') add({ type: 'wildcard', node: ANY });
    else if (text === '*') add({ type: 'wildcard', node: repeated(ANY) });
    else add(literal(text));
  }
  // Groups without a closing parenthesis are plain text.
  while (group.outer) {
    const { sign, choices }: OpenGroup = group;
    group = group.outer;
    add(literal(sign), literal('('));
    for (const [index, choice] of choices.entries()) {
      add(...(index > 0 ? [literal('|')] : []), ...choice);
    }
  }
  return group.choices[0] ?? [];
}

/** POSIX classes as Unicode properties; a leading `^` marks excluded ones. */
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

const NAMED = `\\[:(?:${[...POSIX_CLASSES.keys()].join('|')}):\\]`;
const CHARACTER = '\\\\.|[^\\\\]';
const MEMBER = `${NAMED}|(?!${NAMED})(?:${CHARACTER})`;
/** An escape, a class with its members, the sign of a group, or a character. `]` may be the first member of a class. */
const TOKEN = new RegExp(
  `\\\\(.)|\\[((?:[!^]|(?![!^]))(?:${MEMBER})(?:(?!\\])(?:${MEMBER}))*)\\]|([!?+*@])\\(|.`,
  'gsu',
);
/** A named class, or a character that may start a range. */
const MEMBERS = new RegExp(`(${NAMED})|(${CHARACTER})(?:-(${NAMED}|${CHARACTER}))?`, 'gsu');

/** Parses a character class; returns `NEVER` if it has no members. */
function readClass(text: string, flags: string): PatternNode {
  const isNegated = /^[!^]/.test(text);
  const members = new Set<string>();
  const excluded = new Set<string>();
  // A first `^` negates the class, even when escaped.
  const add = (start: string, end = ''): unknown =>
    members.add((members.size === 0 && start === '^' ? start : escaped(start)) + end);
  for (const [, named, start = '', end] of text.slice(Number(isNegated)).matchAll(MEMBERS)) {
    if (named !== undefined) {
      const posixClass = POSIX_CLASSES.get(named.slice(2, -2)) ?? '';
      if (posixClass.startsWith('^')) excluded.add(posixClass.slice(1));
      else members.add(posixClass);
      continue;
    }
    const from = unescaped(start);
    if (end === undefined) add(from);
    else if (end.startsWith('[:')) return NEVER;
    else {
      const to = unescaped(end);
      if ((from.codePointAt(0) ?? 0) <= (to.codePointAt(0) ?? 0)) add(from, `-${escaped(to)}`);
    }
  }
  if (members.size + excluded.size === 0) return NEVER;
  const classes = [
    { sign: isNegated ? '^' : '', parts: members },
    { sign: isNegated ? '' : '^', parts: excluded },
  ];
  return alternatives(
    classes
      .filter(({ parts }) => parts.size > 0)
      .map(({ sign, parts }) => ({
        type: 'character',
        source: `[${sign}${[...parts].join('')}]`,
        flags,
      })),
  );
}

function unescaped(character: string): string {
  return character.length > 1 ? character.replace('\\', '') : character;
}

function literal(text: string): Part {
  return { type: 'literal', character: text };
}

function character(text: string, flags: string): PatternNode {
  return { type: 'character', source: escaped(text), flags };
}

function escaped(text: string): string {
  return `\\u{${text.codePointAt(0)?.toString(16) ?? ''}}`;
}

function sequence(...items: readonly PatternNode[]): PatternNode {
  return { type: 'sequence', items };
}

function alternatives(items: readonly PatternNode[]): PatternNode {
  return { type: 'alternatives', items };
}

function repeated(item: PatternNode): PatternNode {
  return { type: 'repetition', item, min: 0, max: Infinity };
}
