import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeDocuments } from '../../../../../../src/platform/core/yaml';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { longRun } from '../../../../../support/longRun';
import { openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

/*
 * Whatever stands in a file: what is wrong is a problem with a place in it, what is right beside it
 * and in other files stays, and it comes to an end in the time that a test has.
 */

const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\n';

/** A document with a field of any text beside what makes it a descriptor. */
const withField = (field: string): string =>
  `${HEAD}metadata:\n  name: hostile\nspec:\n  type: service\n  lifecycle: production\n  owner: team\n${field}`;

/** Opens the text between two good documents, and a good file beside it. */
async function beside(text: string | Uint8Array): Promise<TestCatalog> {
  const files: Record<string, string | Uint8Array> = {
    'org.yaml': aDescriptor('group:team'),
    'neighbour/catalog-info.yaml': aComponent('neighbour'),
    'x.yaml':
      typeof text === 'string'
        ? documents(aComponent('before'), `${text}\n`, aComponent('after'))
        : text,
  };
  return openCatalog(files);
}

const GOOD = ['component:default/neighbour', 'group:default/team'];
const AROUND = ['component:default/after', 'component:default/before', ...GOOD];

/** A bomb: each level stands for the one before, many times over. */
function bomb(levels: number, width: number, [open, close]: readonly [string, string]): string {
  const item = (level: number, index: number): string =>
    `${open === '{' ? `k${index}: ` : ''}*a${level}`;
  const lines = [`  a0: &a0 ${open}${open === '{' ? 'x: lol' : 'lol'}${close}`];
  for (let level = 1; level < levels; level++) {
    const items = Array.from({ length: width }, (_, index) => item(level - 1, index));
    lines.push(`  a${level}: &a${level} ${open}${items.join(', ')}${close}`);
  }
  return `${lines.join('\n')}\n`;
}

const deep = 20_000;

describe('a hostile document', () => {
  it.each<[string, string, string | readonly string[]]>([
    ['a billion laughs in lists', withField(bomb(10, 10, ['[', ']'])), 'yaml-aliases'],
    ['a billion laughs in maps', withField(bomb(10, 10, ['{', '}'])), 'yaml-aliases'],
    ['a tower of twos', withField(bomb(40, 2, ['[', ']'])), 'yaml-aliases'],
    [
      'many aliases of a large list',
      withField(`  a: &a [${'1, '.repeat(2000)}]\n  b: [${'*a, '.repeat(99)}*a]\n`),
      'yaml-aliases',
    ],
    ['an alias of itself', withField('  a: &a [*a]\n'), 'yaml-aliases'],
    ['an alias of nothing', withField('  a: *nothing\n'), 'yaml-syntax'],
    ['an alias of what comes later', withField('  a: *b\n  b: &b 1\n'), 'yaml-syntax'],
    ['deep flow lists', withField(`  a: ${'['.repeat(deep)}${']'.repeat(deep)}\n`), 'yaml-nesting'],
    ['deep flow lists, open', withField(`  a: ${'['.repeat(deep)}\n`), 'yaml-nesting'],
    [
      'deep flow maps',
      withField(`  a: ${'{a: '.repeat(deep)}${'}'.repeat(deep)}\n`),
      'yaml-nesting',
    ],
    ['deep block lists', withField(`  a:\n    ${'- '.repeat(deep)}x\n`), 'yaml-nesting'],
    ['deep keys', withField(`  ${'? '.repeat(deep)}x\n`), 'yaml-nesting'],
    [
      'deep block maps',
      withField(`${Array.from({ length: 600 }, (_, i) => `${' '.repeat(i + 2)}a:\n`).join('')}`),
      'yaml-nesting',
    ],
    ['an open quote', withField('  a: "\n'), 'yaml-syntax'],
    ['an open single quote', withField("  a: '\n"), 'yaml-syntax'],
    ['an open flow map', withField('  a: {\n'), 'yaml-syntax'],
    ['a tab in the place of blanks', withField('  a:\n\tb: 1\n'), 'yaml-syntax'],
    ['a key twice', withField('  type: library\n'), 'yaml-syntax'],
    ['a text where an object belongs', `${HEAD}metadata: text\n`, 'invalid-envelope'],
    ['a list where an object belongs', `${HEAD}metadata: [1]\nspec: {}\n`, 'invalid-envelope'],
    [
      'a name of many characters',
      `${HEAD}metadata: { name: ${'n'.repeat(100_000)} }\nspec: {}\n`,
      'invalid-metadata',
    ],
    [
      'a name that is a number',
      `${HEAD}metadata: { name: 12 }\nspec: { type: a, lifecycle: b, owner: c }\n`,
      'invalid-envelope',
    ],
    [
      'a control character in the name',
      `${HEAD}metadata: { name: "a\\e[31mb" }\nspec: { type: a, lifecycle: b, owner: c }\n`,
      'invalid-metadata',
    ],
    [
      'a kind of its own prototype',
      withField('').replace('Component', 'constructor'),
      'unknown-kind',
    ],
  ])('%s is a problem in its place', async (_, text, code) => {
    const catalog = await beside(text);
    expect(catalog.refs()).toEqual(AROUND);
    const problems = catalog.problems('x.yaml');
    expect(problems.map(problem => problem.code)).toContain(code);
    for (const { document, range, message } of problems) {
      expect(document).toBe(1);
      expect(range.start.line).toBeGreaterThan(7);
      expect(message.length).toBeLessThan(150_000);
    }
    expect(catalog.problems()).toEqual(problems);
  });

  it.each<[string, string]>([
    ['a JavaScript function by its tag', withField('  a: !!js/function "function () {}"\n')],
    ['binary by its tag', withField('  a: !!binary aGVsbG8=\n')],
    ['a tag of its own', withField('  a: !custom { b: 1 }\n')],
    [
      'a set, a map in order, a timestamp',
      withField('  a: !!set {b}\n  c: !!omap [d: 1]\n  e: !!timestamp 2020-01-01\n'),
    ],
    ['a merge key', withField('  a: &a {b: 1}\n  c:\n    <<: *a\n')],
    ['a merge key of everything', withField('  <<: [1, 2]\n')],
    ['objects as keys', withField('  ? {a: 1}\n  : b\n  ? [c]\n  : d\n')],
    ['an anchor twice', withField('  a: &a 1\n  b: &a 2\n  c: *a\n')],
    ['a NUL', withField('  a: "x\0y"\n')],
    ['control characters', withField('  a: "\\u0007\\u001b[31m"\n')],
    ['half a pair', withField('  a: "\ud800"\n')],
    ['a mark of byte order in the middle', withField('  a: x\uFEFFy\n')],
    ['CRLF', withField('  a: |\n    b\n    c\n').replaceAll('\n', '\r\n')],
    ['a large text', withField(`  a: ${'x'.repeat(4_500_000)}\n`)],
    ['a large text in blocks', withField(`  a: |\n${'    line of it\n'.repeat(300_000)}`)],
    [
      'very many keys',
      withField(Array.from({ length: 50_000 }, (_, i) => `  k${i}: 1\n`).join('')),
    ],
    ['very many items', withField(`  a: [${'1,'.repeat(100_000)}]\n`)],
    [
      'keys of the prototype',
      withField('  __proto__: {polluted: 1}\n  constructor: {prototype: {polluted: 1}}\n'),
    ],
  ])('%s does no harm', async (_, text) => {
    const catalog = await beside(text);
    expect(catalog.refs()).toEqual([...AROUND.slice(0, 2), 'component:default/hostile', ...GOOD]);
    expect(catalog.problems()).toEqual([]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('a hostile file', () => {
  const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
  const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
    Uint8Array.from(parts.flatMap(part => [...(typeof part === 'string' ? encoded(part) : part)]));
  const utf16 = (text: string): Uint8Array =>
    new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));

  it.each<[string, Uint8Array]>([
    ['in UTF-16', utf16(aComponent('hostile'))],
    ['of zeros', new Uint8Array(100_000)],
    ['of what is no UTF-8', Uint8Array.from({ length: 50_000 }, (_, i) => 128 + ((i * 7) % 128))],
    ['of 500,000 documents', encoded('---\n'.repeat(500_000))],
    ['of one long line', encoded(`# ${'x'.repeat(4_800_000)}`)],
    ['of dashes', encoded('-'.repeat(1_000_000))],
    ['of line ends of an old Mac', encoded('a: 1\rb: 2\r'.repeat(1000))],
  ])('%s that is none of ours is nothing', async (_, content) => {
    const catalog = await beside(content);
    expect(catalog.refs()).toEqual(GOOD);
    expect(catalog.problems()).toEqual([]);
  });

  it('of descriptors, each of them with a directive, is read', async () => {
    const text = `%YAML 1.2\n---\n${aComponent('one')}...\n%TAG ! tag:example.com,2000:\n---\n${aComponent('two')}`;
    const catalog = await beside(encoded(text));
    expect(catalog.refs()).toEqual([
      'component:default/neighbour',
      'component:default/one',
      'component:default/two',
      'group:default/team',
    ]);
  });

  it('with bytes that are no UTF-8 in a text is read, and they are replaced', async () => {
    const catalog = await beside(bytes(withField('  a: x'), [0xff, 0xc0, 0x80], 'y\n'));
    expect(catalog.entity('component:default/hostile')?.spec?.['a']).toBe('x\uFFFD\uFFFD\uFFFDy');
  });

  it('with line ends of an old Mac is what it is to Backstage: one broken line', async () => {
    const catalog = await openCatalog({
      'catalog-info.yaml': withField('').replaceAll('\n', '\r'),
      'x.yaml': aComponent('other'),
    });
    expect(catalog.codes('catalog-info.yaml')).toEqual(['yaml-syntax']);
    expect(catalog.refs()).toEqual(['component:default/other']);
  });

  it('over the limit is a problem where it holds descriptors', async () => {
    const catalog = await beside(encoded(withField(`  a: ${'x'.repeat(6_000_000)}\n`)));
    expect(catalog.codes('x.yaml')).toEqual(['file-too-large']);
    expect(catalog.refs()).toEqual(GOOD);
  });
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'names such as %s are names',
  async name => {
    const catalog = await openCatalog({
      'a.yaml': documents(
        aComponent('user', { owner: `group:${name}/x`, dependsOn: [`resource:constructor`] }),
        `${HEAD}metadata: { name: ${name}, namespace: default, annotations: { constructor: a } }\nspec: { type: ${name}, lifecycle: ${name}, owner: ${name} }\n`,
      ),
    });
    const ref = `component:default/${name.toLowerCase()}`;
    const isName = /^[a-zA-Z]/.test(name);
    expect(catalog.refs().includes(ref)).toBe(isName);
    if (isName)
      expect(catalog.relations(ref)).toEqual([`ownedBy group:default/${name.toLowerCase()}`]);
    expect(catalog.engine.getEntityByRef(name)).toBeUndefined();
    expect(catalog.engine.getRelations('__proto__')).toEqual([]);
    expect(Reflect.get({}, 'a')).toBeUndefined();
  },
);

it.each(['component:a/b/c:d', ':', '/', 'a:', ':/x', 'component:', '//', 'a/b/c', ' ', 'a b'])(
  'a reference such as "%s" is a problem in its place, or leads nowhere',
  async ref => {
    const catalog = await openCatalog({
      'org.yaml': aDescriptor('group:team'),
      'a.yaml': aComponent('one', { dependsOn: [ref] }),
      'b.yaml': aComponent('two'),
    });
    expect(catalog.refs()).toContain('component:default/two');
    const problems = catalog.problems('a.yaml');
    expect(problems.length).toBeGreaterThan(0);
    for (const { range } of problems) expect(range.start.line).toBeGreaterThan(0);
  },
);

/** Pieces that YAML's syntax is made of, so that most mixtures of them are nearly YAML. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '\n',
      '\n  ',
      '\n    ',
      '\n- ',
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      ': ',
      '- ',
      '? ',
      '"',
      "'",
    ],
    ...[
      '[',
      ']',
      '{',
      '}',
      ',',
      '&a ',
      '*a',
      '!t ',
      '!!str ',
      '|\n',
      '>-\n',
      '#',
      ' #',
      '\t',
      '\r',
    ],
    ...['<<: ', '${{ x }}', '{% if %}', '\0', '\uFEFF', '\u2028', '\ud800', '=', '@', '`', '%'],
    ...[
      'apiVersion: ',
      'backstage.io/v1alpha1',
      '\nkind: Component',
      '\nmetadata:\n  name: a',
      '\nspec:',
    ],
    ...[
      '$text: ./x.yaml',
      'targets: ["./**/*"]',
      '__proto__: ',
      'null',
      '1e999',
      '.nan',
      '0x',
      '~',
    ],
  ),
  fc.string({ maxLength: 4 }),
);

it('any mixture of what YAML is made of leaves the neighbours as they are', async () => {
  const catalog = await beside('');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async pieces => {
      await catalog.write({ 'x.yaml': `${HEAD}${pieces.join('')}` });
      expect(catalog.refs()).toEqual(expect.arrayContaining(GOOD));
      for (const { file, range } of catalog.problems('x.yaml')) {
        expect(file).toMatch(/x\.yaml$/);
        expect(range.start.line * 1e6 + range.start.character).toBeLessThanOrEqual(
          range.end.line * 1e6 + range.end.character,
        );
      }
    }),
    longRun({ runs: 100, seed: 20261126 }),
  );
});

it.each([
  ['in the text', `a: 1\n${']'.repeat(50_000)}`],
  ['inside of one value', `a: [${'{} '.repeat(20_000)}]`],
])(
  'mistakes without end %s do not fill the memory, and those of the next document are told',
  (_, first) => {
    const composed = composeDocuments(`${first}\n---\nb: 1\n]\n`, 200);
    const [errors, ofNext] = composed.map(({ document }) => document?.errors ?? []);
    expect(errors?.length).toBeGreaterThan(0);
    expect(errors?.length).toBeLessThan(1000);
    expect(errors?.[0]?.stack).not.toContain('\n    at ');
    expect(ofNext?.length).toBe(1);
    expect(new Error('later').stack).toContain('\n    at ');
  },
);
