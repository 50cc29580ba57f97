import { describe, expect, it } from 'vitest';
import type { Range } from '../../../../../../src/base';
import { MarkdownEngine, type PageIndex } from '../../../../../../src/features/techdocs/core';
import { growth, LINEAR } from '../../../../../support/growth';

const engine = new MarkdownEngine();

const indexOf = (text: string, files: Readonly<Record<string, string>> = {}): Promise<PageIndex> =>
  engine.indexWithIncludes(text, path => Promise.resolve(files[path]));

/** Text at a range, with any line ends. */
function textAt(text: string, range: Range | undefined): string | undefined {
  if (!range) return undefined;
  const starts = [0, ...Array.from(text.matchAll(/\r\n?|\n/g), end => end.index + end[0].length)];
  const offset = ({ line, character }: Range['start']): number => (starts[line] ?? 0) + character;
  return text.slice(offset(range.start), offset(range.end));
}

describe('range of a link target', () => {
  it.each([
    ['a link', 'A [b](c.md#d) e', 'c.md#d'],
    ['a link with a title', '[b]( c.md "t" )', 'c.md'],
    ['a link in angle brackets', '[b](< c d.md >)', 'c d.md'],
    ['an image', '![b](c.png)', 'c.png'],
    ['a link with escapes', '[w\\_](a\\_b.md)', 'a\\_b.md'],
    ['a link with an entity', '[w](a&amp;b.md)', 'a&amp;b.md'],
    ['a definition', '[b][r]\n\n[r]: <../c.md> "t"', '../c.md'],
    ['a definition over two lines', '[r]\n\n[r]:\n    c.md', 'c.md'],
    ['HTML in a line', 'A <a class="x" href="c.html">b</a>', 'c.html'],
    ['HTML without quotes', 'A <img src=c.png>', 'c.png'],
    ['HTML in blocks', '<div>\n<p>\n<img alt="" src=\'c.png\'>\n</p>\n</div>', 'c.png'],
    ['a list', '- a\n\n    - b\n      [c](d.md)', 'd.md'],
    ['a quote', '> > [c](d.md)', 'd.md'],
    ['an admonition', '!!! note "T"\n\n    x\n    [c](d.md)', 'd.md'],
    ['a table', '| a |\n| - |\n| [c](d.md) |', 'd.md'],
    ['a heading', '## A [b](c.md) {#x}', 'c.md'],
    ['a page with front matter', '---\ntitle: T\n---\n\n[b](c.md)', 'c.md'],
    ['a page with tabs', '\t\n-\t[b](c.md)', 'c.md'],
    ['text beyond the first plane', '🚢 [🚢](⛵.md)', '⛵.md'],
  ])('is found in %s', async (_, text, target) => {
    for (const written of [text, text.replaceAll('\n', '\r\n')]) {
      const { links, images } = await indexOf(written);
      expect([...links, ...images].map(link => textAt(written, link.targetRange))).toEqual([
        target,
      ]);
    }
  });

  it('is undefined in included files, whose links are at the include', async () => {
    const text = 'a\n\n--8<-- "part.md"\n';
    const { links, includes } = await indexOf(text, { 'part.md': '[b](c.md)\n' });
    expect(links).toMatchObject([{ target: 'c.md', targetRange: undefined }]);
    expect(textAt(text, links[0]?.range)).toBe('--8<-- "part.md"');
    expect(includes).toMatchObject([{ path: 'part.md', file: 'part.md', problem: undefined }]);
  });
});

it('code, comments, scripts and styles contain no links', async () => {
  const text = [
    '`[a](b)` ``<a href="c">``',
    '    [a](b)',
    '```\n[a](b) <a href="c">\n```',
    '<!-- <a href="c"> [a](b) -->',
    '<script>"<a href=\'c\'>"</script>',
    '<style>/* <img src="c"> */</style>',
  ].join('\n\n');
  expect(await indexOf(text)).toMatchObject({ links: [], images: [], anchors: [] });
});

describe('anchors of a page', () => {
  const described = (text: string, { anchors }: PageIndex): readonly unknown[] =>
    anchors.map(({ id, heading, range, idRange }) => [
      id,
      heading && `${heading.level} ${heading.title}`,
      textAt(text, range),
      textAt(text, idRange),
    ]);

  it('come from headings with generated or explicit ids', async () => {
    const text = '# A *b*\n\nC\n=\n\n## D {: .x #own }\n\n## A b ## {#a-b}\n';
    expect(described(text, await indexOf(text))).toEqual([
      ['a-b_1', '1 A b', 'A *b*', undefined],
      ['c', '1 C', 'C\n=', undefined],
      ['own', '2 D', 'D {: .x #own }', 'own'],
      ['a-b', '2 A b', 'A b ## {#a-b}', 'a-b'],
    ]);
  });

  it('come from HTML and attribute lists', async () => {
    const text = '<a name="x"></a> <i id=y>z</i>\n\nA text\n{#para}\n';
    expect(described(text, await indexOf(text))).toEqual([
      ['para', undefined, 'A text\n{#para}', 'para'],
      ['x', undefined, '<a name="x">', 'x'],
      ['y', undefined, '<i id=y>', 'y'],
    ]);
  });
});

it('definitions are listed whether or not they are used', async () => {
  const { definitions } = await indexOf('[One]: a.md\n[two]: b.md\n\n[one]\n');
  expect(definitions.map(({ id, target }) => [id, target])).toEqual([
    ['one', 'a.md'],
    ['two', 'b.md'],
  ]);
});

it('includes have the reason of their failure', async () => {
  const text = '--8<-- "none.md"\n\n--8<-- "../out.md"\n\n--8<-- "part.md:no"\n';
  const { includes } = await indexOf(text, { 'part.md': 'x' });
  expect(includes.map(({ path, file, problem }) => [path, file, problem])).toEqual([
    ['none.md', undefined, 'include-missing'],
    ['../out.md', undefined, 'include-outside'],
    ['part.md', 'part.md', 'include-missing'],
  ]);
});

it.each(['<a href="', '<a b '])('unclosed tags are read in linear time: %s', async tag => {
  const read = (count: number): Promise<unknown> =>
    indexOf(`<div>\n${tag.repeat(count)}\n</div>\n`);
  expect(await growth(read, 10_000)).toBeLessThan(LINEAR);
});
