import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeDocuments } from '../../../../../../src/platform/core/yaml';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { isLongRun, longRun } from '../../../../../support/longRun';
import { openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

/*
 * For any content: errors become problems with a position, valid documents beside them and other
 * files stay, and parsing ends within the test's time.
 */

const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\n';

/** A descriptor with an additional field of any text. */
const withField = (field: string): string =>
  `${HEAD}metadata:\n  name: hostile\nspec:\n  type: service\n  lifecycle: production\n  owner: team\n${field}`;

/** Opens the text between two valid documents, and a valid file beside it. */
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

/** An alias bomb: each level repeats the one before many times. */
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

describe('Hostile document', () => {
  it.each<[string, string, string | readonly string[]]>([
    ['a billion laughs in lists', withField(bomb(10, 10, ['[', ']'])), 'yaml-aliases'],
    ['a billion laughs in maps', withField(bomb(10, 10, ['{', '}'])), 'yaml-aliases'],
    ['doubling aliases', withField(bomb(40, 2, ['[', ']'])), 'yaml-aliases'],
    [
      'many aliases of a large list',
      withField(`  a: &a [${'1, '.repeat(2000)}]\n  b: [${'*a, '.repeat(99)}*a]\n`),
      'yaml-aliases',
    ],
    ['an alias to itself', withField('  a: &a [*a]\n'), 'yaml-aliases'],
    ['an undefined alias', withField('  a: *nothing\n'), 'yaml-syntax'],
    ['an alias to a later anchor', withField('  a: *b\n  b: &b 1\n'), 'yaml-syntax'],
    ['deep flow lists', withField(`  a: ${'['.repeat(deep)}${']'.repeat(deep)}\n`), 'yaml-nesting'],
    ['deep unclosed flow lists', withField(`  a: ${'['.repeat(deep)}\n`), 'yaml-nesting'],
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
    ['an unclosed quote', withField('  a: "\n'), 'yaml-syntax'],
    ['an unclosed single quote', withField("  a: '\n"), 'yaml-syntax'],
    ['an unclosed flow map', withField('  a: {\n'), 'yaml-syntax'],
    ['a tab as indentation', withField('  a:\n\tb: 1\n'), 'yaml-syntax'],
    ['a duplicate key', withField('  type: library\n'), 'yaml-syntax'],
    ['a string instead of an object', `${HEAD}metadata: text\n`, 'invalid-envelope'],
    ['a list instead of an object', `${HEAD}metadata: [1]\nspec: {}\n`, 'invalid-envelope'],
    [
      'a very long name',
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
    ['the kind `constructor`', withField('').replace('Component', 'constructor'), 'unknown-kind'],
  ])('with %s is reported at its position', async (_, text, code) => {
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
    ['a tagged JavaScript function', withField('  a: !!js/function "function () {}"\n')],
    ['tagged binary data', withField('  a: !!binary aGVsbG8=\n')],
    ['a custom tag', withField('  a: !custom { b: 1 }\n')],
    [
      'a set, a map in order, a timestamp',
      withField('  a: !!set {b}\n  c: !!omap [d: 1]\n  e: !!timestamp 2020-01-01\n'),
    ],
    ['a merge key', withField('  a: &a {b: 1}\n  c:\n    <<: *a\n')],
    ['an invalid merge key', withField('  <<: [1, 2]\n')],
    ['objects as keys', withField('  ? {a: 1}\n  : b\n  ? [c]\n  : d\n')],
    ['a duplicate anchor', withField('  a: &a 1\n  b: &a 2\n  c: *a\n')],
    ['a NUL', withField('  a: "x\0y"\n')],
    ['control characters', withField('  a: "\\u0007\\u001b[31m"\n')],
    ['a lone surrogate', withField('  a: "\ud800"\n')],
    ['a byte order mark in the middle', withField('  a: x\uFEFFy\n')],
    ['CRLF', withField('  a: |\n    b\n    c\n').replaceAll('\n', '\r\n')],
    ['a large text', withField(`  a: ${'x'.repeat(4_500_000)}\n`)],
    ['a large block text', withField(`  a: |\n${'    line of it\n'.repeat(300_000)}`)],
    [
      'very many keys',
      withField(
        Array.from({ length: isLongRun ? 50_000 : 10_000 }, (_, i) => `  k${i}: 1\n`).join(''),
      ),
    ],
    ['very many items', withField(`  a: [${'1,'.repeat(isLongRun ? 100_000 : 20_000)}]\n`)],
    [
      'prototype keys',
      withField('  __proto__: {polluted: 1}\n  constructor: {prototype: {polluted: 1}}\n'),
    ],
  ])('with %s is harmless', async (_, text) => {
    const catalog = await beside(text);
    expect(catalog.refs()).toEqual([...AROUND.slice(0, 2), 'component:default/hostile', ...GOOD]);
    expect(catalog.problems()).toEqual([]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('Hostile file', () => {
  const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
  const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
    Uint8Array.from(parts.flatMap(part => [...(typeof part === 'string' ? encoded(part) : part)]));
  const utf16 = (text: string): Uint8Array =>
    new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));

  it.each<[string, Uint8Array]>([
    ['in UTF-16', utf16(aComponent('hostile'))],
    ['of zeros', new Uint8Array(100_000)],
    ['of invalid UTF-8', Uint8Array.from({ length: 50_000 }, (_, i) => 128 + ((i * 7) % 128))],
    ['of 500,000 documents', encoded('---\n'.repeat(500_000))],
    ['of one long line', encoded(`# ${'x'.repeat(4_800_000)}`)],
    ['of dashes', encoded('-'.repeat(1_000_000))],
    ['of carriage returns', encoded('a: 1\rb: 2\r'.repeat(1000))],
  ])('%s without descriptors is ignored', async (_, content) => {
    const catalog = await beside(content);
    expect(catalog.refs()).toEqual(GOOD);
    expect(catalog.problems()).toEqual([]);
  });

  it('with a directive before each descriptor is read', async () => {
    const text = `%YAML 1.2\n---\n${aComponent('one')}...\n%TAG ! tag:example.com,2000:\n---\n${aComponent('two')}`;
    const catalog = await beside(encoded(text));
    expect(catalog.refs()).toEqual([
      'component:default/neighbour',
      'component:default/one',
      'component:default/two',
      'group:default/team',
    ]);
  });

  it('with invalid UTF-8 is read with replacement characters', async () => {
    const catalog = await beside(bytes(withField('  a: x'), [0xff, 0xc0, 0x80], 'y\n'));
    expect(catalog.entity('component:default/hostile')?.spec?.['a']).toBe('x\uFFFD\uFFFD\uFFFDy');
  });

  it('with old Mac line ends is one broken line, like in Backstage', async () => {
    const catalog = await openCatalog({
      'catalog-info.yaml': withField('').replaceAll('\n', '\r'),
      'x.yaml': aComponent('other'),
    });
    expect(catalog.codes('catalog-info.yaml')).toEqual(['yaml-syntax']);
    expect(catalog.refs()).toEqual(['component:default/other']);
  });

  it('over the size limit is reported if it holds descriptors', async () => {
    const catalog = await beside(encoded(withField(`  a: ${'x'.repeat(6_000_000)}\n`)));
    expect(catalog.codes('x.yaml')).toEqual(['file-too-large']);
    expect(catalog.refs()).toEqual(GOOD);
  });
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'treats names such as %s as plain names',
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
  'reports a reference such as "%s" at its position',
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

/** Pieces of YAML syntax, so that most mixtures are nearly YAML. */
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

it("doesn't affect other files with any mixture of YAML syntax", async () => {
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
  ['inside one value', `a: [${'{} '.repeat(20_000)}]`],
])('limits endless errors %s and reports those of the next document', (_, first) => {
  const composed = composeDocuments(`${first}\n---\nb: 1\n]\n`, 200);
  const [errors, ofNext] = composed.map(({ document }) => document?.errors ?? []);
  expect(errors?.length).toBeGreaterThan(0);
  expect(errors?.length).toBeLessThan(1000);
  expect(errors?.[0]?.stack).not.toContain('\n    at ');
  expect(ofNext?.length).toBe(1);
  expect(new Error('later').stack).toContain('\n    at ');
});
