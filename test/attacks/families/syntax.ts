import type { Family, Reader } from '../attack';
import { type Grammar, grammars } from '../grammars';
import type { Random } from '../random';

/*
 * Families that attack by the syntax of a format alone, so that they fit every reader of texts.
 */

/** Puts an attack where the reader gets to see it. */
export function framed({ frames = ['<|>'] }: Reader, random: Random, attack: string): string {
  return random.pick(frames).split('<|>').join(attack);
}

/** Quotes a text if only valid inputs reach the reader. */
const written = ({ isStrict, quote }: Grammar, text: string): string =>
  isStrict ? quote(text) : text;

const isText = ({ format }: Reader): boolean => format !== 'archive';

function syntaxFamily(
  name: string,
  attack: (grammar: Grammar, random: Random, size: number) => string,
  { isMeasured = false, fits = isText }: Partial<Pick<Family, 'isMeasured' | 'fits'>> = {},
): Family {
  return {
    name,
    isMeasured,
    fits,
    generate: (reader, random, size) =>
      framed(reader, random, attack(grammars[reader.format], random, size)),
  };
}

/** Nests without end, closed or not. */
const depth = syntaxFamily(
  'depth',
  (grammar, random, size) => {
    const [open, close] = random.pick(grammar.nests);
    const levels = Math.ceil(size / open.length);
    const isClosed = (random.below(2) === 0 || grammar.isStrict) ?? false;
    const heart = written(grammar, 'x');
    return `${open.repeat(levels)}${heart}${isClosed ? close.repeat(levels) : ''}`;
  },
  { isMeasured: true },
);

/** Long words, many lines, many names, large numbers. */
const length = syntaxFamily(
  'size',
  (grammar, random, size) => {
    const many = Math.ceil(size / 8);
    const entries = (name: (index: number) => string): string =>
      grammar.pairs(
        Array.from({ length: many }, (_, index) => [name(index), grammar.quote(`v${index}`)]),
      );
    switch (random.below(6)) {
      case 0:
        return grammar.quote('x'.repeat(size));
      case 1:
        return entries(index => `n${index}`);
      case 2:
        return entries(() => 'same');
      case 3:
        return written(grammar, '\n'.repeat(size));
      case 4:
        return grammar.isStrict ? '9'.repeat(size) : `${'9'.repeat(size)}.${'9'.repeat(size)}`;
      default:
        return written(grammar, `a\n${' '.repeat(size)}b`);
    }
  },
  { isMeasured: true },
);

/** Repeated parts of the syntax with an end that doesn't match, which makes matchers backtrack. */
const pattern = syntaxFamily(
  'pattern',
  (grammar, random, size) => {
    const unit = Array.from({ length: 1 + random.below(3) }, () => random.pick(grammar.pieces));
    const repeated = Math.ceil(size / unit.join('').length);
    if (grammar.isStrict) return `[${Array<string>(repeated).fill(unit.join(',')).join(',')}]`;
    return unit.join('').repeat(repeated) + random.pick(['', '!', '\u00e9', '\n', 'z', '\0']);
  },
  { isMeasured: true },
);

/** Any mixture of parts of the syntax: nearly valid inputs. */
const mixture = syntaxFamily('mixture', (grammar, random, size) => {
  const count = 1 + random.below(Math.min(size, 60));
  const pieces = Array.from({ length: count }, () => random.pick(grammar.pieces));
  return grammar.isStrict ? `[${pieces.join(',')}]` : pieces.join('');
});

/** Names that refer to each other, so that a short text expands to a long one. */
const alias = syntaxFamily(
  'alias',
  ({ aliases }, random, size) => {
    const width = 2 + random.below(9);
    return aliases?.(Math.min(12 + random.below(20), Math.ceil(size / width)), width) ?? '';
  },
  { fits: ({ format }) => grammars[format].aliases !== undefined },
);

const PROTOTYPE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  '__defineGetter__',
  '__lookupSetter__',
  'isPrototypeOf',
  'toLocaleString',
  'toJSON',
  'length',
];

/** Names that every object has, as names, values and the way to a value. */
const prototype = syntaxFamily('prototype', (grammar, random) => {
  const { pairs, quote } = grammar;
  const name = random.pick(PROTOTYPE_NAMES);
  const inner = pairs([['polluted', quote('yes')]]);
  switch (random.below(5)) {
    case 0:
      return pairs([[name, inner]]);
    case 1:
      return pairs([['constructor', pairs([['prototype', inner]])]]);
    case 2:
      return pairs(PROTOTYPE_NAMES.map(each => [each, quote(each)]));
    case 3:
      return quote(name);
    default:
      return written(grammar, `${name}:${name}/${name}.${name}`);
  }
});

const ESCAPES = [
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u001b]8;;https://a.example\u001b\\x',
  '\u009b31m',
  '\r',
  '\b',
  '\0',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ud800',
  '\udc00\ud800',
  '\u202e',
  '\u2066',
  '\u2069',
  '\u200f',
  '\u200b',
  '\u{e0041}',
  'e\u0301',
  '\u0130',
  '\ufb01',
];

/** Control characters of terminals and editors, and characters that aren't text. */
const escape = syntaxFamily('escape', (grammar, random) => {
  const text = Array.from({ length: 1 + random.below(6) }, () => random.pick(ESCAPES)).join('a');
  switch (random.below(3)) {
    case 0:
      return grammar.quote(text);
    case 1:
      return grammar.pairs([[text, grammar.quote(text)]]);
    default:
      return written(grammar, text);
  }
});

const INJECTIONS = [
  '${{ secrets }}',
  '{{ constructor.constructor("return process")() }}',
  '{% include "/secret" %}',
  '${CALLBOARD_CANARY}',
  '$env:CALLBOARD_CANARY',
  '!ENV CALLBOARD_CANARY',
  '%CALLBOARD_CANARY%',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '[x](command:workbench.action.quit)',
  '$(touch /tmp/callboard-owned)',
  '`id`',
  '; id',
  '| id',
  '--upload-pack=id',
  '-oProxyCommand=id',
  'ext::sh -c id',
  '\r\nx-injected: 1',
  '=1+1',
  '@SUM(1)',
  '--8<-- "/secret"',
  '{% raw %}',
  '#{7*7}',
  '<%= 7 %>',
  '!!js/function "x"',
  '${jndi:ldap://a}',
];

/** Texts that are commands, markup or expressions for their next consumer. */
const injection = syntaxFamily('injection', (grammar, random) => {
  const text = random.pick(INJECTIONS);
  switch (random.below(3)) {
    case 0:
      return grammar.quote(text);
    case 1:
      return grammar.pairs([[text, grammar.quote(text)]]);
    default:
      return written(grammar, text);
  }
});

/** Paths out of a folder, and to files outside in the {@link InMemoryFileSystem}s of the readers. */
const LINKS = [
  '/secret',
  '../secret',
  '../../secret',
  '../../../../../../secret',
  'file:///secret',
  'out',
  './out',
  'out/',
  '%2e%2e/secret',
  '..%2fsecret',
  '..\\secret',
  '\\\\host\\secret',
  'C:\\secret',
  './a/../../secret',
  '/work/../secret',
  'loop',
  'loop/loop/loop',
  'file://host/secret',
  '~/secret',
  '/proc/self/environ',
  'http://127.0.0.1/',
  'http://[::ffff:127.0.0.1]/',
  'data:text/plain,x',
  'secret\0.yaml',
  '//secret',
  './/../secret',
  '.../secret',
  '..;/secret',
  '\u2025/secret',
];

/** Names of fields that lead to other files. */
const LINKING = [
  '$text',
  '$json',
  '$yaml',
  '$ref',
  '$file',
  '$include',
  'INHERIT',
  'target',
  'targets',
  'url',
  'nav',
  'docs_dir',
  'extends',
  'include',
  'schema',
  'path',
  'source',
  'parent',
  'file',
  'href',
];

/** Paths and addresses of forbidden targets. */
const link = syntaxFamily('link', (grammar, random) => {
  const place = random.pick(LINKS);
  switch (random.below(3)) {
    case 0:
      return grammar.quote(place);
    case 1:
      return grammar.pairs([[random.pick(LINKING), grammar.quote(place)]]);
    default:
      return written(grammar, place);
  }
});

export const syntaxFamilies: readonly Family[] = [
  depth,
  length,
  pattern,
  mixture,
  alias,
  prototype,
  escape,
  injection,
  link,
];
