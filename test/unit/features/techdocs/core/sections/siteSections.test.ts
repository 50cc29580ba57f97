import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { TechDocsSection } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import {
  loadHighlighter,
  MarkdownEngine,
  TechDocsSites,
} from '../../../../../../src/features/techdocs/core';
import type { WorkerPool } from '../../../../../../src/platform/core/ports';
import { FatefulPool } from '../../../../../support/fatefulPool';
import { at, openCatalog } from '../../../../../support/testCatalog';

type Files = Readonly<Record<string, string>>;

const SITE = { 'mkdocs.yml': 'site_name: Shop\n', 'docs/index.md': '# Shop\n' };

class Docs {
  readonly sites: TechDocsSites;
  readonly reported: string[] = [];
  #catalog: Awaited<ReturnType<typeof openCatalog>>;

  constructor(catalog: Awaited<ReturnType<typeof openCatalog>>, workers?: WorkerPool) {
    this.#catalog = catalog;
    this.sites = new TechDocsSites({
      fileSystem: catalog.files,
      clock: catalog.clock,
      logger: silentLogger,
      workers,
      catalog: catalog.engine,
      environment: () => new Map(),
    });
    this.sites.onDidChange(({ siteIds, pages }) => {
      const paths = [...(pages.get(at('')) ?? [])].sort();
      this.reported.push(`${siteIds.has(at('')) ? 'site: ' : ''}${paths.join(', ')}`);
    });
  }

  static async of(files: Files): Promise<Docs> {
    return new Docs(await openCatalog({ ...SITE, ...files }));
  }

  async sections(path: string): Promise<readonly string[] | undefined> {
    return (await this.sites.loadSections(at(''), path))?.map(drawn);
  }

  /** Paths of pages whose stamps a change has changed. */
  async restamped(change: () => Promise<void>): Promise<readonly string[]> {
    const before = await this.sites.loadStamps(at(''));
    await change();
    const after = await this.sites.loadStamps(at(''));
    return [...(after ?? [])].flatMap(([path, stamp]) => (before?.get(path) === stamp ? [] : path));
  }

  get files(): Awaited<ReturnType<typeof openCatalog>>['files'] {
    return this.#catalog.files;
  }

  async write(files: Files): Promise<void> {
    await this.#catalog.write(files);
    await this.sites.applyChanges(
      Object.keys(files).map(path => ({ type: 'changed', uri: at(path) })),
    );
  }
}

function drawn({ anchor, level, title, text, range }: TechDocsSection): string {
  const lines = range && `${range.start.line + 1}-${range.end.line + 1}`;
  return [`${'#'.repeat(level)}${anchor ?? ''}`, title, text, lines].join(' | ');
}

describe('sections of a docs page', () => {
  it('have their headings and lines in the file', async () => {
    const docs = await Docs.of({
      'docs/page.md':
        '---\ntitle: Page\n---\n\nBefore.\n\n# *First* one\n\n- a\n\nTwo\nlines\n\nSecond `one`\n----\n\n<h3 id="html">By hand</h3>\n\n```yaml\na: b\n```\n\n## First one { #own }\n',
    });
    expect(await docs.sections('page.md')).toEqual([
      ' |  | Before. | ',
      '#first-one | First one | a Two lines | 7-7',
      '##second-one | Second one |  | 14-15',
      '###html | By hand | a: b | 17-17',
      '##own | First one |  | 23-23',
    ]);
  });

  it('include included files at their place', async () => {
    const docs = await Docs.of({
      'docs/page.md': '# Page\n\n--8<-- "docs/part.txt"\n',
      'docs/part.txt': '## Part\n\nText.\n',
    });
    expect(await docs.sections('page.md')).toEqual([
      '#page | Page |  | 1-1',
      '##part | Part | Text. | 3-3',
    ]);
  });

  it.for([
    ['is not a page', 'nowhere.md'],
    ['is binary', 'binary.md'],
    ['is too large', 'large.md'],
  ] as const)('are undefined if there %s', async ([, path]) => {
    const docs = await Docs.of({
      'docs/binary.md': '# A\0',
      'docs/large.md': 'x'.repeat(5 * 1024 * 1024 + 1),
    });
    expect(await docs.sections(path)).toBeUndefined();
    expect(await docs.sites.loadSections(at('gone'), path)).toBeUndefined();
  });

  it('are read by workers on long pages and for many pages', async () => {
    const catalog = await openCatalog({
      ...SITE,
      'docs/long.md': `# Long\n\n${'x '.repeat(8000)}`,
    });
    const pool = new FatefulPool(catalog.files, ['done', 'unavailable', 'done']);
    const run = vi.spyOn(pool, 'run');
    const docs = new Docs(catalog, pool);
    expect(await docs.sections('index.md')).toHaveLength(1);
    expect(run).not.toHaveBeenCalled();
    expect(await docs.sections('long.md')).toHaveLength(1);
    expect(await docs.sections('long.md')).toHaveLength(1);
    expect(run).toHaveBeenCalledTimes(2);
    await Promise.all([docs.sections('index.md'), docs.sections('index.md')]);
    expect(run).toHaveBeenCalledTimes(4);
  });

  it('reject when they are aborted', async () => {
    const docs = await Docs.of({});
    const signal = AbortSignal.abort();
    await expect(docs.sites.loadSections(at(''), 'index.md', { signal })).rejects.toThrow(
      'aborted',
    );
    await expect(docs.sites.loadStamps(at(''), { signal })).rejects.toThrow('aborted');
    expect(await docs.sections('index.md')).toHaveLength(1);
  });
});

describe('stamps of pages', () => {
  it('change with their text and their includes only', async () => {
    const docs = await Docs.of({
      'docs/a.md': '# A\n',
      'docs/b.md': '# B\n\n--8<-- "docs/part.txt"\n',
      'docs/part.txt': 'Part\n',
    });
    expect(await docs.restamped(() => docs.write({ 'docs/a.md': '# A\n\nMore.\n' }))).toEqual([
      'a.md',
    ]);
    expect(await docs.restamped(() => docs.write({ 'docs/part.txt': 'Other\n' }))).toEqual([
      'b.md',
    ]);
    expect(await docs.restamped(() => docs.write({ 'docs/a.md': '# A\n\nMore.\n' }))).toEqual([]);
  });

  it('change with Markdown options of the config, but not with its navigation', async () => {
    const docs = await Docs.of({ 'docs/a.md': '# A\n' });
    const config = SITE['mkdocs.yml'];
    expect(
      await docs.restamped(() => docs.write({ 'mkdocs.yml': `${config}nav: [index.md]\n` })),
    ).toEqual([]);
    const toc = 'markdown_extensions: [{ toc: { separator: _ } }]\n';
    expect(await docs.restamped(() => docs.write({ 'mkdocs.yml': config + toc }))).toEqual([
      'index.md',
      'a.md',
    ]);
  });

  it('depend on snippets that are added to every page', async () => {
    const docs = await Docs.of({
      'mkdocs.yml':
        'site_name: Shop\nmarkdown_extensions: [{ pymdownx.snippets: { auto_append: [terms.md] } }]\n',
      'terms.md': 'Old\n',
    });
    expect(await docs.restamped(() => docs.write({ 'terms.md': 'New\n' }))).toEqual(['index.md']);
    expect(docs.reported).toEqual(['index.md']);
  });

  it("don't reread files without includes", async () => {
    const docs = await Docs.of({ 'docs/a.md': '# A\n' });
    await docs.sites.loadStamps(at(''));
    const read = vi.spyOn(docs.files, 'readFile');
    await docs.sites.loadStamps(at(''));
    expect(read).not.toHaveBeenCalled();
  });

  it('are undefined without a site', async () => {
    const docs = await Docs.of({});
    expect(await docs.sites.loadStamps(at('gone'))).toBeUndefined();
  });
});

describe('change of files', () => {
  it('is reported for the pages that include them', async () => {
    const docs = await Docs.of({
      'docs/a.md': '# A\n',
      'docs/b.md': '# B\n\n--8<-- "docs/part.txt"\n',
      'docs/part.txt': 'Part\n',
    });
    await docs.sites.loadStamps(at(''));
    await docs.write({ 'docs/a.md': '# A\n\nMore.\n' });
    await docs.write({ 'docs/a.md': '# Other title\n' });
    await docs.write({ 'docs/part.txt': 'Other\n' });
    await docs.write({ 'docs/b.md': '# B\n\n--8<-- "docs/later.txt"\n' });
    await docs.sections('b.md');
    await docs.write({ 'docs/part.txt': 'Nobody needs it\n' });
    await docs.write({ 'docs/later.txt': 'Here it is\n' });
    expect(docs.reported).toEqual(['a.md', 'site: a.md', 'b.md', 'b.md', 'b.md']);
  });

  it('is not reported if sections were never read', async () => {
    const docs = await Docs.of({ 'docs/a.md': '# A\n' });
    await docs.sites.loadContent(at(''));
    await docs.write({ 'docs/a.md': '# A\n\nMore.\n' });
    expect(docs.reported).toEqual([]);
  });
});

describe('headings of sections have the ids of the page', () => {
  const folder = join(import.meta.dirname, '../../../../../fixtures/techdocs/markdown');
  const names = readdirSync(folder).filter(name => name.endsWith('.md'));

  it.each(names)('%s', async name => {
    const text = readFileSync(join(folder, name), 'utf8');
    const highlight = await loadHighlighter(['python', 'yaml', 'bash', 'js']);
    const engine = new MarkdownEngine({ highlight });
    const read = (): Promise<undefined> => Promise.resolve(undefined);
    const prepared = await engine.prepare(text, read);
    const { html } = engine.finish(prepared);
    const ids = Array.from(html.matchAll(/<h[1-6][^>]*? id="([^"]*)"/g), ([, id]) => id);
    const anchors = engine.sections(prepared).flatMap(({ anchor }) => anchor ?? []);
    expect(anchors).toEqual(ids);
  });
});
