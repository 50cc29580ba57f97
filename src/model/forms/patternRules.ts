/** A rule of a pattern that a text breaks, in terms that people know. */
export interface BrokenRule {
  /** `characters`: allowed anywhere; `start` and `end`: allowed there; `prefix`: the text must start with it. */
  readonly type: 'characters' | 'start' | 'end' | 'prefix';
  /** Character ranges such as `a-z`, and single characters. For `prefix`, the prefix itself. */
  readonly allowed: readonly string[];
}

/** Maximum length of a pattern to read. */
const MAX_PATTERN = 500;
/** Maximum number of nested groups to read. */
const MAX_DEPTH = 20;

/** Characters and prefix of the texts that a part of a pattern matches. */
interface Part {
  readonly all: ReadonlySet<string>;
  readonly first: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
  /** Whether the part matches the empty text. */
  readonly isOptional: boolean;
  /** Text at the start of each match. */
  readonly prefix: string;
  /** Whether each match is the prefix. */
  readonly isLiteral: boolean;
}

/**
 * Returns the rules of a regular expression that a text breaks. Empty if the expression is more complicated, or if
 * its other rules are broken. The expression is only read, never run.
 */
export function brokenRules(pattern: string, text: string): readonly BrokenRule[] {
  if (pattern.length > MAX_PATTERN || !pattern.startsWith('^') || text === '') return [];
  const isWhole = pattern.endsWith('$') && !pattern.endsWith('\\$');
  const reader = new PatternReader(pattern.slice(1, isWhole ? -1 : undefined));
  const part = reader.readAll();
  if (!part) return [];
  const { all, first, last, prefix } = part;
  if (prefix.length > 1 && !text.startsWith(prefix)) return [{ type: 'prefix', allowed: [prefix] }];
  const characters = [...text];
  const rules: BrokenRule[] = [];
  if (isWhole && !characters.every(one => isIn(one, all))) {
    rules.push({ type: 'characters', allowed: [...all] });
  }
  if (!part.isOptional && !isIn(characters[0] ?? '', first) && differs(first, all)) {
    rules.push({ type: 'start', allowed: [...first] });
  }
  const end = characters.at(-1) ?? '';
  if (isWhole && !part.isOptional && !isIn(end, last) && differs(last, all)) {
    rules.push({ type: 'end', allowed: [...last] });
  }
  return rules;
}

function isIn(character: string, allowed: ReadonlySet<string>): boolean {
  for (const one of allowed) {
    const [from = '', dash, to] = [...one];
    const isRange = dash === '-' && to !== undefined;
    if (isRange ? character >= from && character <= to : character === one) return true;
  }
  return false;
}

function differs(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size !== other.size || [...one].some(item => !other.has(item));
}

const NONE: ReadonlySet<string> = new Set();
const EMPTY: Part = {
  all: NONE,
  first: NONE,
  last: NONE,
  isOptional: true,
  prefix: '',
  isLiteral: true,
};

const escapedSets: ReadonlyMap<string, readonly string[]> = new Map([
  ['d', ['0-9']],
  ['w', ['a-z', 'A-Z', '0-9', '_']],
  ['s', [' ']],
]);

/** Reads literals, classes, groups and quantifiers; gives up at anything else. */
class PatternReader {
  readonly #pattern: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = [...pattern];
  }

  /** Undefined if the pattern has something else. */
  readAll(): Part | undefined {
    const part = this.#sequence(0);
    return this.#at === this.#pattern.length ? part : undefined;
  }

  #sequence(depth: number): Part | undefined {
    let whole: Part | undefined = EMPTY;
    while (whole && this.#at < this.#pattern.length && this.#pattern[this.#at] !== ')') {
      const part = this.#quantified(depth);
      whole = part && joined(whole, part);
    }
    return whole;
  }

  #quantified(depth: number): Part | undefined {
    const part = this.#atom(depth);
    if (!part) return undefined;
    const quantifier = this.#quantifier();
    if (!quantifier) return part;
    const { isOptional, canRepeat } = quantifier;
    const isSame = !isOptional && !canRepeat;
    return {
      ...part,
      isOptional: isOptional || part.isOptional,
      prefix: isOptional ? '' : part.prefix,
      isLiteral: isSame && part.isLiteral,
    };
  }

  #quantifier(): { readonly isOptional: boolean; readonly canRepeat: boolean } | undefined {
    const sign = this.#pattern[this.#at] ?? '';
    if (!'*+?{'.includes(sign) || sign === '') return undefined;
    this.#at++;
    let isOptional = sign !== '+';
    if (sign === '{') {
      const minimum = this.#pattern[this.#at];
      while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== '}') this.#at++;
      this.#at++;
      isOptional = minimum === '0';
    }
    if (this.#pattern[this.#at] === '?') this.#at++;
    return { isOptional, canRepeat: sign !== '?' };
  }

  #atom(depth: number): Part | undefined {
    const sign = this.#pattern[this.#at++] ?? '';
    if (sign === '(') return this.#group(depth);
    if (sign === '[') return this.#class();
    if (sign === '\\') return setPart(this.#escaped());
    return '.^$|*+?{}]'.includes(sign) ? undefined : setPart([sign]);
  }

  #group(depth: number): Part | undefined {
    if (depth >= MAX_DEPTH) return undefined;
    if (this.#pattern[this.#at] === '?') {
      if (this.#pattern[this.#at + 1] !== ':') return undefined;
      this.#at += 2;
    }
    const part = this.#sequence(depth + 1);
    return part && this.#pattern[this.#at++] === ')' ? part : undefined;
  }

  #escaped(): readonly string[] | undefined {
    const sign = this.#pattern[this.#at++] ?? '';
    const set = escapedSets.get(sign);
    if (set) return set;
    return sign === '' || /[a-z0-9]/i.test(sign) ? undefined : [sign];
  }

  #class(): Part | undefined {
    const items: string[] = [];
    if (this.#pattern[this.#at] === '^') return undefined;
    for (;;) {
      const sign = this.#pattern[this.#at++];
      if (sign === undefined) return undefined;
      if (sign === ']') return setPart(items);
      const set = sign === '\\' ? this.#escaped() : [sign];
      if (!set) return undefined;
      const next = this.#pattern[this.#at + 1];
      const [from] = set;
      const isRange = this.#pattern[this.#at] === '-' && next !== undefined && next !== ']';
      if (isRange && set.length === 1 && next !== '\\') {
        items.push(`${from}-${next}`);
        this.#at += 2;
      } else items.push(...set);
    }
  }
}

/** A part that matches one character of a set. */
function setPart(items: readonly string[] | undefined): Part | undefined {
  if (!items) return undefined;
  const set = new Set(items);
  const [only = ''] = items;
  const isLiteral = set.size === 1 && only.length === 1;
  return {
    all: set,
    first: set,
    last: set,
    isOptional: false,
    prefix: isLiteral ? only : '',
    isLiteral,
  };
}

function joined(one: Part, other: Part): Part {
  return {
    all: new Set([...one.all, ...other.all]),
    first: one.isOptional ? new Set([...one.first, ...other.first]) : one.first,
    last: other.isOptional ? new Set([...one.last, ...other.last]) : other.last,
    isOptional: one.isOptional && other.isOptional,
    prefix: one.isLiteral ? one.prefix + other.prefix : one.prefix,
    isLiteral: one.isLiteral && other.isLiteral,
  };
}
