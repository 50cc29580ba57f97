import { describe, expect, it } from 'vitest';
import { english } from '../../../../../../src/base';
import {
  DocsChecker,
  headingAt,
  headingRefusal,
  type HeadingRefusal,
  renameHeading,
} from '../../../../../../src/features/techdocs/core';
import { decodeText } from '../../../../../../src/platform/core/files';
import { at, SiteInMemory } from '../../../../../support/siteInMemory';
import { TestClock } from '../../../../../support/testClock';

interface Renamed {
  /** Placeholder of the rename, and text at its range. */
  readonly asked: readonly [placeholder: string, pointedAt: string];
  /** All changed texts. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Renames the heading or id at `<|>`. */
async function rename(
  marked: Readonly<Record<string, string>>,
  newName: string,
  config = 'site_name: Ferry\n',
): Promise<Renamed | HeadingRefusal> {
  const pages = Object.entries(marked).map(([name, text]) => [name, text.replace('<|>', '')]);
  const files: Readonly<Record<string, string>> = {
    'mkdocs.yml': config,
    ...Object.fromEntries(pages),
  };
  const [name = '', text = ''] = Object.entries(marked).find(([, t]) => t.includes('<|>')) ?? [];
  const lines = text.slice(0, text.indexOf('<|>')).split('\n');
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const memory = new SiteInMemory(files);
  const site = await memory.reader.read();
  const checker = new DocsChecker({ fileSystem: memory.files, clock: new TestClock() });
  const page = [...site.files.values()].find(({ uri }) => uri === at(name));
  if (!page) throw new Error(`${name} is no page`);
  const deps: Parameters<typeof headingAt>[1] = {
    site,
    indexOf: other => checker.indexOf(other, site),
    indexWith: (other, texts) => checker.indexWith(other, site, texts),
    textOf: async file => decodeText(await memory.files.readFile(file)),
  };
  const found = await headingAt({ page, position }, deps);
  if (!found.ok) return found.error;
  const { range, placeholder } = found.value;
  const edits = await renameHeading(found.value, newName, deps);
  if (!edits.ok) return edits.error;
  const texts: Record<string, string> = {};
  const backwards = [...edits.value].sort(
    ({ range: { start: a } }, { range: { start: b } }) =>
      b.line - a.line || b.character - a.character,
  );
  for (const edit of backwards) {
    const { start, end } = edit.range;
    expect(end.line).toBe(start.line);
    const path = decodeURIComponent(edit.file.slice(at('').length + 1));
    const old = (texts[path] ?? files[path] ?? '').split('\n');
    const line = old[start.line] ?? '';
    old[start.line] = line.slice(0, start.character) + edit.text + line.slice(end.character);
    texts[path] = old.join('\n');
  }
  const pointedAt = files[name]?.split('\n')[range.start.line] ?? '';
  return {
    asked: [placeholder, pointedAt.slice(range.start.character, range.end.character)],
    texts,
  };
}

describe('rename of a heading', () => {
  it('updates links on all pages in their notation', async () => {
    const files = {
      'docs/index.md':
        '[a](more.md#first-steps "T") [b](more.md?q#first-steps) [c][r] [d][r] `[e](more.md#first-steps)`\n' +
        '[f](more.md) [g](more.md#other) [h](#first-steps) [i](<more.md#first-steps>) [j](https://a.b/more.md#first-steps)\n\n' +
        '[r]: more.md#first-steps\n',
      'docs/sub/page.md':
        '[a](../more.md#first-steps) <a href="../../more/#first-steps">b</a> [c](../../more/#first-steps)',
      'docs/more.md': '# More\n\n[up](#first-steps)\n\n## First st<|>eps ##\n\n## Other\n',
    };
    expect(await rename(files, 'Last steps')).toEqual({
      asked: ['First steps', 'First steps'],
      texts: {
        'docs/index.md':
          '[a](more.md#last-steps "T") [b](more.md?q#last-steps) [c][r] [d][r] `[e](more.md#first-steps)`\n' +
          '[f](more.md) [g](more.md#other) [h](#first-steps) [i](<more.md#last-steps>) [j](https://a.b/more.md#first-steps)\n\n' +
          '[r]: more.md#last-steps\n',
        'docs/sub/page.md':
          '[a](../more.md#last-steps) <a href="../../more/#last-steps">b</a> [c](../../more/#last-steps)',
        'docs/more.md': '# More\n\n[up](#last-steps)\n\n## Last steps ##\n\n## Other\n',
      },
    });
  });

  it.each([
    ['before the text', '#<|># Steps', '## Ways'],
    ['with a line below', 'Ste<|>ps\n=====', 'Ways\n====='],
    ['from the line below', 'Steps\n==<|>=', 'Ways\n==='],
    ['after front matter', '---\ntitle: A\n---\n\n# St<|>eps', '---\ntitle: A\n---\n\n# Ways'],
    ['in a box', '!!! note\n    ## St<|>eps', '!!! note\n    ## Ways'],
  ])('starts %s', async (_, text, expected) => {
    const own = '\n\n[a](#steps)\n';
    const renamed = await rename({ 'docs/index.md': text + own }, ' Ways ');
    expect(renamed).toMatchObject({
      asked: ['Steps', 'Steps'],
      texts: { 'docs/index.md': `${expected}\n\n[a](#ways)\n` },
    });
  });

  it('keeps the formatting of the source text', async () => {
    const text = '# The `a` [of](#x) *b*<|>\n\n[a](#the-a-of-b)\n';
    expect(await rename({ 'docs/index.md': text }, 'The `c` [of](#x)')).toEqual({
      asked: ['The `a` [of](#x) *b*', 'The `a` [of](#x) *b*'],
      texts: { 'docs/index.md': '# The `c` [of](#x)\n\n[a](#the-c-of)\n' },
    });
  });

  it('starts at a link to it', async () => {
    const files = {
      'docs/index.md': '[a](more.md#st<|>eps) [b](more.md#steps)',
      'docs/more.md': '## Steps\n',
    };
    expect(await rename(files, 'Ways')).toEqual({
      asked: ['Steps', 'steps'],
      texts: {
        'docs/index.md': '[a](more.md#ways) [b](more.md#ways)',
        'docs/more.md': '## Ways\n',
      },
    });
  });

  it('updates the numbers of equal headings', async () => {
    const links = (...ids: string[]): string => ids.map(id => `[a](more.md#${id})`).join(' ');
    const files = {
      'docs/index.md': links('steps', 'steps_1', 'steps_2', 'ways', 'ways_1'),
      'docs/more.md': '## St<|>eps\n\n## Steps\n\n## Ways\n\n## Steps\n',
    };
    expect(await rename(files, 'Ways')).toMatchObject({
      texts: {
        'docs/index.md': links('ways', 'steps', 'steps_1', 'ways_1', 'ways_1'),
        'docs/more.md': '## Ways\n\n## Steps\n\n## Ways\n\n## Steps\n',
      },
    });
  });

  it('keeps an explicit id', async () => {
    const text = '## Steps ## {: #go .wide }<|>\n\n[a](#go)';
    expect(await rename({ 'docs/index.md': text }, 'Ways')).toEqual({
      asked: ['Steps', 'Steps'],
      texts: { 'docs/index.md': '## Ways ## {: #go .wide }\n\n[a](#go)' },
    });
  });

  it('updates pages that include its page', async () => {
    const files = {
      'docs/index.md': '[a](whole.md#steps) [b](more.md#steps)',
      'docs/whole.md': '## Ways\n\n--8<-- "docs/more.md"\n\n[a](#steps)',
      'docs/more.md': '## Ste<|>ps\n',
    };
    expect(await rename(files, 'Ways')).toMatchObject({
      texts: {
        'docs/index.md': '[a](whole.md#ways_1) [b](more.md#ways)',
        'docs/whole.md': '## Ways\n\n--8<-- "docs/more.md"\n\n[a](#ways_1)',
        'docs/more.md': '## Ways\n',
      },
    });
  });

  it('keeps the encoding of links with other scripts', async () => {
    const config =
      'site_name: A\nmarkdown_extensions:\n  - toc:\n      slugify: !!python/name:markdown.extensions.toc.slugify_unicode\n';
    const text = '## Fä<|>hre\n\n[a](#fähre) [b](#f%C3%A4hre)';
    expect(await rename({ 'docs/index.md': text }, 'Größe', config)).toMatchObject({
      texts: { 'docs/index.md': '## Größe\n\n[a](#größe) [b](#gr%C3%B6%C3%9Fe)' },
    });
  });
});

describe('redirects to a renamed heading', () => {
  const config = (...maps: readonly string[]): string =>
    `site_name: A\nplugins:\n  - redirects:\n      redirect_maps:\n${maps.map(map => `        ${map}\n`).join('')}`;
  const files = {
    'docs/index.md': '## Ste<|>ps\n\n## Steps\n',
    'docs/other.md': '## Steps\n',
  };

  it('are updated in any notation, and no others', async () => {
    const renamed = await rename(
      files,
      'Ways, and means',
      config(
        'a.md: index.md#steps # the first',
        "b.md: 'index.md#steps_1'",
        'c.md: "index.md#ste\\x70s"',
        'd.md: other.md#steps',
        'e.md: index.md',
        'f.md: https://example.com/index.md#steps',
        'g.md: index.md#st%65ps',
      ),
    );
    expect(renamed).toMatchObject({
      texts: {
        'mkdocs.yml': config(
          'a.md: index.md#ways-and-means # the first',
          "b.md: 'index.md#steps'",
          'c.md: "index.md#ways-and-means"',
          'd.md: other.md#steps',
          'e.md: index.md',
          'f.md: https://example.com/index.md#steps',
          'g.md: index.md#ways-and-means',
        ),
      },
    });
  });

  it('are encoded for YAML', async () => {
    const text = '## Steps {#g<|>o}\n';
    const renamed = await rename(
      { 'docs/index.md': text },
      'a:,b:',
      config('a.md: index.md#go', 'b.md: { c: index.md#go }'),
    );
    expect(renamed).toMatchObject({
      texts: { 'mkdocs.yml': config('a.md: index.md#a%3A%2Cb%3A', 'b.md: { c: index.md#go }') },
    });
  });
});

describe('rename of an id', () => {
  it.each([
    ['the id of a heading', '## Steps {#g<|>o .wide}', '## Steps {#walk .wide}'],
    ['the id of a text', 'Steps\n{: #g<|>o }', 'Steps\n{: #walk }'],
    ['an id in HTML', '<a id="g<|>o"></a>', '<a id="walk"></a>'],
    ['a link', '[b](#g<|>o)\n\n## Steps {#go}', '[b](#walk)\n\n## Steps {#walk}'],
  ])('starts at %s', async (_, text, expected) => {
    expect(await rename({ 'docs/index.md': `${text}\n\n[a](#go)` }, '#walk')).toEqual({
      asked: ['go', 'go'],
      texts: { 'docs/index.md': `${expected}\n\n[a](#walk)` },
    });
  });
});

describe('rename', () => {
  it.each([
    ['in a text', 'A t<|>ext\n\n# A', 'B', 'nothing'],
    ['in code', '```\n# A<|>\n```', 'B', 'nothing'],
    ['in a link to a page', '[a](in<|>dex.md#a)\n\n# A', 'B', 'nothing'],
    ['at a broken link', '[a](#b<|>)\n\n# A', 'B', 'missing'],
    ['at an included heading', '--8<-- "part.m<|>d"', 'B', 'included'],
    ['at a link to an included heading', '--8<-- "part.md"\n\n[a](#pa<|>rt)', 'B', 'included'],
    ['to nothing', '# A<|>', ' ', 'empty'],
    ['to two lines', '# A<|>', 'B\nC', 'lines'],
    ['to text that is not a heading', 'A<|>\n---', '# B', 'notHeading'],
    ['to an invalid id', '# A {#a<|>}', 'b c', 'notId'],
    ['to an existing id', '# A {#a<|>}\n\n# B', 'b', 'taken'],
    ['in an empty heading', '#<|>', 'B', 'nothing'],
  ])('is rejected %s', async (_, text, newName, refusal) => {
    const files = { 'docs/index.md': text, 'part.md': '# Part\n' };
    expect(await rename(files, newName)).toBe(refusal);
  });

  it.each<[HeadingRefusal, string]>([
    ['included', 'The heading is in an included file. Rename it there.'],
    ['missing', "The link doesn't match a heading or id."],
    ['lines', 'A heading must be on one line.'],
    ['notHeading', 'This text would change the headings of the page.'],
    ['notId', "An id can't contain spaces, quotes, braces, or other special characters."],
    ['taken', 'The page already has this id.'],
  ])('explains the refusal %s', (refusal, message) => {
    expect(headingRefusal(refusal, english)).toBe(message);
  });

  it('keeps braces that are no attribute list', async () => {
    expect(await rename({ 'docs/index.md': '# A {b<|>' }, 'C')).toMatchObject({
      asked: ['A {b', 'A {b'],
      texts: { 'docs/index.md': '# C' },
    });
  });

  it('drops the mark at the end of a heading with an attribute list', async () => {
    expect(await rename({ 'docs/index.md': '# A<|> # {.wide}' }, 'C')).toMatchObject({
      texts: { 'docs/index.md': '# C # {.wide}' },
    });
  });

  it('updates a redirect whose scalar has escapes', async () => {
    const config = `site_name: Ferry
plugins:
  - redirects:
      redirect_maps:
        old.md: "index.md\\x23a"
`;
    expect(await rename({ 'docs/index.md': '# A<|>' }, 'B', config)).toMatchObject({
      texts: {
        'docs/index.md': '# B',
        'mkdocs.yml': config.replace('"index.md\\x23a"', '"index.md#b"'),
      },
    });
  });
});
