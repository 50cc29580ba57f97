/** Pseudorandom numbers from a seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number below another. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('Nothing to pick from');
    return item;
  }

  list<T>(count: number, create: () => T): readonly T[] {
    return Array.from({ length: count }, create);
  }
}

/** Parts of patterns, including unclosed ones. */
const PARTS: readonly string[] = [
  'a',
  'b',
  'ab',
  '.',
  '*',
  '**',
  '***',
  '/',
  '/',
  '?',
  'a/',
  '**/',
  '/**',
  '*.b',
  '.b',
  'A',
  '{',
  '}',
  ',',
  '{a,b}',
  '{a,b/c}',
  '{a,}',
  '{,}',
  '{1..3}',
  '{03..1}',
  '{a..c}',
  '\\{',
  '${',
  '[ab]',
  '[!a]',
  '[^a]',
  '[a-b]',
  '[[:alpha:]]',
  '[[:upper:]x]',
  '[[:x:]]',
  '[]a]',
  '[b-a]',
  '[',
  ']',
  '[a-',
  '[.]',
  '[\\]]',
  '[^]',
  '[\\^a]',
  '(',
  ')',
  '|',
  '!',
  '!(',
  '@(',
  '+(',
  '*(',
  '?(',
  '!(a|b)',
  '+',
  '\\',
  '\\*',
  '\\/',
  '\\ ',
  '"',
  '^',
  '$',
  '-',
  '#',
  ' ',
  '1',
  ':',
  '(?:',
  '(?!',
  '..',
  '\u00e9',
  '\u{1f600}',
  'foo',
  '{a},b}',
  '!(a)',
  '/*/',
];

const NAMES: readonly string[] = [
  'a',
  'b',
  'ab',
  '.a',
  'a.b',
  'b.a',
  'aab',
  'x',
  'A',
  '1',
  '2',
  '01',
  'a b',
  ' ',
  'a ',
  'bc',
  '\u00e9',
  '\u{1f600}',
  '\u00e9.b',
  '(a)',
  '[ab]',
  '{a,b}',
  '*',
  '!a',
  '+',
  'a+',
  '"',
  '\\',
  'a-b',
  '$',
  '^',
  '#',
  'a.b.a',
  '.a.b',
  'aa',
  'c',
  'foo',
  'foo.b',
  'K',
  '\u212a',
  '...',
];

export function randomPattern(random: Random, longest = 7): string {
  return random.list(1 + random.below(longest), () => random.pick(PARTS)).join('');
}

/** Returns a path of one to four names, without `.` and `..`. */
export function randomPath(random: Random): string {
  return random.list(1 + random.below(4), () => random.pick(NAMES)).join('/');
}

/** Returns a path that a pattern may match, with a text for each wildcard. */
export function pathLike(pattern: string, random: Random): string {
  const path = pattern
    .replace(/^!/, '')
    .replace(/\\(.)/g, '$1')
    .replace(/\*\*+/g, () => random.pick(['a', 'a/b', '', '.x/b']))
    .replace(/\*(?!\()/g, () => random.pick(['', 'a', '.b', 'ab']))
    .replace(/\?(?!\()/g, 'a')
    .replace(/\{([^{}]*)\}/g, (_, choices: string) => random.pick(choices.split(',')))
    .replace(/[!@+*?]?\(([^()]*)\)/g, (_, choices: string) =>
      random.pick(['c', ...choices.split('|')]),
    )
    .replace(/\[[^\]]*\]+/g, () => random.pick(['a', 'b']))
    .split('/')
    .filter(name => name !== '' && name !== '.' && name !== '..')
    .join('/');
  return path || 'a';
}

/** The number of compared pairs of patterns and paths. CALLBOARD_GLOB_PAIRS overrides it. */
export const PAIRS = Number(process.env['CALLBOARD_GLOB_PAIRS'] ?? 3000);
