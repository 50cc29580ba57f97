import { expect, it } from 'vitest';
import type { Range } from '../../../../../../src/base';
import { DocsChecker, editsForMovedPages } from '../../../../../../src/features/techdocs/core';
import { at, SiteInMemory } from '../../../../../support/siteInMemory';
import { TestClock } from '../../../../../support/testClock';

/** All files changed by a move, under their previous names. */
async function moved(
  files: Readonly<Record<string, string>>,
  moves: Readonly<Record<string, string>>,
  { isConfigOnly = false, config = 'site_name: Ferry\n' } = {},
): Promise<Readonly<Record<string, string>>> {
  const site = new SiteInMemory({ 'mkdocs.yml': config, ...files });
  const built = await site.reader.read();
  const checker = new DocsChecker({ fileSystem: site.files, clock: new TestClock() });
  const textOf = async (file: string): Promise<string> =>
    new TextDecoder().decode(await site.files.readFile(file));
  const edits = await editsForMovedPages(
    Object.entries(moves).map(([from, to]) => ({ from: at(from), to: at(to) })),
    built,
    {
      isConfigOnly,
      indexOf: page => checker.indexOf(page, built),
      textAt: async (file, range) =>
        (await textOf(file)).slice(...offsets(await textOf(file), range)),
    },
  );
  const texts: Record<string, string> = {};
  // From the end, so that earlier ranges stay valid.
  for (const { file, range, text } of [...edits].sort(
    (a, b) =>
      b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
  )) {
    const name = decodeURIComponent(file.slice(at('').length + 1));
    const before = texts[name] ?? (await textOf(file));
    const [from, to] = offsets(before, range);
    texts[name] = before.slice(0, from) + text + before.slice(to);
  }
  return texts;
}

function offsets(text: string, { start, end }: Range): [number, number] {
  const lines = text.split('\n');
  const of = ({ line, character }: Range['start']): number =>
    lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
  return [of(start), of(end)];
}

it('links to a moved page are updated in their notation', async () => {
  const files = {
    'docs/index.md':
      '[a](more.md?q#x "T") ![b](more.md) [c][r] [d][r] `[e](more.md)` [f](other.md)\n\n[r]: <more.md>\n',
    'docs/sub/page.md': '[a](../more.md)',
    'docs/more.md': '# More',
    'docs/other.md': '',
  };
  expect(await moved(files, { 'docs/more.md': 'docs/sub/my more.md' })).toEqual({
    'docs/index.md':
      '[a](sub/my%20more.md?q#x "T") ![b](sub/my%20more.md) [c][r] [d][r] `[e](more.md)` [f](other.md)\n\n[r]: <sub/my%20more.md>\n',
    'docs/sub/page.md': '[a](my%20more.md)',
  });
});

it('links of a moved page keep their targets', async () => {
  const files = {
    'docs/index.md': '',
    'docs/sub/page.md':
      '[a](../index.md#x) [b](near.md) [c](#here) [d](none.md) ![e](../img/a.png)',
    'docs/sub/near.md': '[back](page.md)',
    'docs/img/a.png': '',
  };
  expect(await moved(files, { 'docs/sub/page.md': 'docs/page.md' })).toEqual({
    'docs/sub/page.md': '[a](index.md#x) [b](sub/near.md) [c](#here) [d](none.md) ![e](img/a.png)',
    'docs/sub/near.md': '[back](../page.md)',
  });
});

it('links within a moved folder stay the same', async () => {
  const files = {
    'docs/index.md': '[a](sub/page.md) ![b](sub/a.png)',
    'docs/sub/page.md': '[a](near.md) [b](../index.md)',
    'docs/sub/near.md': '',
    'docs/sub/a.png': '',
  };
  expect(await moved(files, { 'docs/sub': 'docs/deep/down' })).toEqual({
    'docs/index.md': '[a](deep/down/page.md) ![b](deep/down/a.png)',
    'docs/sub/page.md': '[a](near.md) [b](../../index.md)',
  });
});

it('the navigation is updated and keeps its quotes', async () => {
  const nav = (page: string): string =>
    `site_name: A\nnav:\n  - ${page} # first\n  - Part:\n      - Again: '${page}'\n      - "${page}"\n  - index.md\n`;
  const files = { 'docs/index.md': '[a](more.md)', 'docs/more.md': '' };
  const options = { config: nav('more.md'), isConfigOnly: true };
  expect(await moved(files, { 'docs/more.md': 'docs/sub/less.md' }, options)).toEqual({
    'mkdocs.yml': nav('sub/less.md'),
  });
});

it('pages moved out of the docs and other files change nothing', async () => {
  const files = { 'docs/index.md': '[a](more.md)', 'docs/more.md': '' };
  expect(await moved(files, { 'docs/more.md': 'more.md' })).toEqual({});
  expect(await moved(files, { src: 'lib' })).toEqual({});
});

it('redirects to a moved page are updated and keep their quotes', async () => {
  const config = (page: string, name: string): string =>
    `site_name: A
plugins:
  - redirects:
      redirect_maps:
        old.md: ${page}
        older.md: '${page}#part'
        oldest.md: ${page}#part
        other.md: index.md#part
        away.md: https://example.com/${name}
`;
  const files = { 'docs/index.md': '', 'docs/more.md': '# More' };
  const options = { config: config('more.md', 'more.md'), isConfigOnly: true };
  expect(await moved(files, { 'docs/more.md': 'docs/sub/less.md' }, options)).toEqual({
    'mkdocs.yml': config('sub/less.md', 'more.md'),
  });
});
