import { describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../../../../../src/base';
import { type MatchedPart } from '../../../../../../../src/features/search/core/pages';
import {
  type TechDocsCoreVersion,
  TechDocsSites,
} from '../../../../../../../src/features/techdocs/core';
import { type DocsHit, DocsSearch } from '../../../../../../../src/features/techdocs/core/pages';
import { at, openCatalog } from '../../../../../../support/testCatalog';

const site = at('shop');
const { signal } = new AbortController();

const SHOP = {
  'shop/mkdocs.yml': 'site_name: Shop\nnav:\n  - Home: index.md\n  - Orders: guide/orders.md\n',
  'shop/docs/index.md': '# Shop\n\nHow orders come in.\n\n## Payment\n\nBy card.\n',
  'shop/docs/guide/orders.md':
    '# Orders\n\nText.\n\n## Cancel an Order { #stop }\n\nPress *stop* before it is sent.\n\n## Order\n\nX',
  'shop/docs/hidden.md': '# Not in the navigation\n\nUnicorns.\n',
};

async function searchOf(
  files: Readonly<Record<string, string>>,
  techDocsCore?: () => TechDocsCoreVersion,
) {
  const catalog = await openCatalog(files);
  const techdocs = new TechDocsSites({
    fileSystem: catalog.files,
    clock: catalog.clock,
    logger: silentLogger,
    catalog: catalog.engine,
    environment: () => new Map(),
    techDocsCore,
  });
  const search = new DocsSearch(techdocs);
  const find = async (text: string): Promise<readonly string[]> =>
    (await search.search({ site, text, limit: 20 }, signal)).hits.map(lineOf);
  return {
    search,
    find,
    techdocs,
    files: catalog.files,
    async write(path: string, text: string) {
      catalog.files.write(`/work/${path}`, text);
      await techdocs.applyChanges([{ type: 'changed', uri: at(path) }]);
    },
  };
}

function lineOf({ path, anchor, title, heading, excerpt }: DocsHit): string {
  const place = anchor === undefined ? path : `${path}#${anchor}`;
  return [place, marked(title), heading && marked(heading), marked(excerpt)]
    .filter(part => part !== undefined)
    .join(' | ');
}

const marked = (parts: readonly MatchedPart[]): string =>
  parts.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('');

describe('search in a site', () => {
  it('reads pages again for another release of techdocs-core', async () => {
    let core: TechDocsCoreVersion = '1.7';
    const files = { ...SHOP, 'shop/docs/index.md': '# Shop\n\n> [!NOTE]\n> Read this.\n' };
    const { find, techdocs } = await searchOf(files, () => core);
    expect(await find('note')).toHaveLength(1);
    core = '1.6';
    techdocs.invalidate();
    expect(await find('read')).toEqual(['index.md#shop | Home | Shop | [!NOTE] [Read] this.']);
  });

  it('finds headings first, then text, and links to the heading', async () => {
    const { find } = await searchOf(SHOP);
    expect(await find('order')).toEqual([
      'guide/orders.md#order | [Order]s | [Order] | X',
      'guide/orders.md#orders | [Order]s | Text.',
      'guide/orders.md#stop | [Order]s | Cancel an [Order] | Press stop before it is sent.',
      'index.md#shop | Home | Shop | How [order]s come in.',
    ]);
  });

  it('finds sections with all words, in any order and case', async () => {
    const { find } = await searchOf(SHOP);
    expect(await find('  SENT stop ')).toEqual([
      'guide/orders.md#stop | Orders | Cancel an Order | Press [stop] before it is [sent].',
    ]);
    expect(await find(' ')).toEqual([]);
  });

  it('finds partial matches if there are no complete ones, with ignored words', async () => {
    const { search } = await searchOf(SHOP);
    const ask = async (text: string): Promise<unknown> => {
      const { hits, ignored } = await search.search({ site, text, limit: 9 }, signal);
      return [hits.map(({ path, anchor }) => `${path}#${anchor}`), ignored];
    };
    expect(await ask('how do I stop a zeppelin')).toEqual([['guide/orders.md#stop'], ['zeppelin']]);
    expect(await ask('zeppelin airship')).toEqual([[], []]);
  });

  it('finds pages that are not in the navigation', async () => {
    const { find } = await searchOf(SHOP);
    expect(await find('unicorn')).toEqual([
      'hidden.md#not-in-the-navigation | Not in the navigation | [Unicorn]s.',
    ]);
  });

  it('shows text around the first word', async () => {
    const before = 'before '.repeat(60);
    const after = 'after '.repeat(60);
    const { find } = await searchOf({
      ...SHOP,
      'shop/docs/index.md': `# Shop\n\n${before}needle ${after}`,
    });
    const [hit] = await find('needle');
    expect(hit).toMatch(/ … (?:before )+\[needle\] (?:after )+\w* …$/);
  });

  it.for([
    ['no spaces', '文'.repeat(300), '文'.repeat(300)],
    ['a distant space', '文'.repeat(300), `${'文'.repeat(100)} end`],
  ])('shows text around a word in a text with %s', async ([, before, after]) => {
    const { find } = await searchOf({
      ...SHOP,
      'shop/docs/index.md': `# Shop\n\n${before}needle${after}`,
    });
    const [hit] = await find('needle');
    expect(hit).toMatch(/ … 文+\[needle\]文+/);
  });

  it('includes unsaved edits and rereads only changed pages', async () => {
    const { find, files, write } = await searchOf({
      ...SHOP,
      'shop/docs/with.md': '# With\n\n--8<-- "docs/part.txt"\n',
      'shop/docs/part.txt': 'First part.',
    });
    expect(await find('zebra')).toEqual([]);
    const read = vi.spyOn(files, 'readFile');
    await write('shop/docs/hidden.md', '# Hidden\n\nA zebra.\n');
    await write('shop/docs/part.txt', 'A zebra, too.');
    expect(await find('zebra')).toEqual([
      'hidden.md#hidden | Hidden | A [zebra].',
      'with.md#with | With | A [zebra], too.',
    ]);
    const pages = read.mock.calls.map(([uri]) => uri).filter(uri => uri.endsWith('.md'));
    expect(new Set(pages)).toEqual(new Set([at('shop/docs/hidden.md'), at('shop/docs/with.md')]));
  });

  it('continues after an aborted search', async () => {
    const { find, search } = await searchOf(SHOP);
    const stopped = new AbortController();
    const first = search.search({ site, text: 'unicorns', limit: 5 }, stopped.signal);
    stopped.abort();
    await expect(first).rejects.toThrow();
    expect(await find('unicorns')).toHaveLength(1);
  });

  it('counts all results, and finds unreadable pages by title', async () => {
    const { search, find } = await searchOf({
      ...SHOP,
      'shop/docs/guide/orders.md': 'binary\0',
      'shop/docs/many.md': Array.from({ length: 50 }, (_, n) => `## Many ${n}`).join('\n\n'),
    });
    const { count, hits } = await search.search({ site, text: 'many', limit: 5 }, signal);
    expect([count, hits.length]).toEqual([50, 5]);
    expect(await find('Orders')).toContain('guide/orders.md | [Orders] | ');
  });

  it('returns nothing for an unknown site', async () => {
    const { search } = await searchOf(SHOP);
    const request = { site: at('gone'), text: 'order', limit: 5 };
    expect(await search.search(request, signal)).toEqual({
      words: ['order'],
      ignored: [],
      count: 0,
      hits: [],
    });
  });
});
