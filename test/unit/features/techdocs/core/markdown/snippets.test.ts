import { describe, expect, it } from 'vitest';
import { MarkdownEngine } from '../../../../../../src/features/techdocs/core';
import type { Config } from '../../../../../support/techdocs/realMarkdown';

interface Case {
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: Config[string];
}

async function render(text: string, { files = {}, options = {} }: Case = {}) {
  const read: string[] = [];
  const engine = new MarkdownEngine({ extensions: { 'pymdownx.snippets': options } });
  const page = await engine.renderWithIncludes(text, path => {
    read.push(path);
    return Promise.resolve(files[path]);
  });
  return { ...page, read };
}

const lines = { 'a.md': 'one\n\ntwo\n\nthree\n\nfour' };

describe('page with snippets', () => {
  it('shows included files at their place', async () => {
    const { html } = await render('Before\n\n--8<-- "part.md"\n\nAfter\n', {
      files: { 'part.md': '*part*' },
    });
    expect(html).toBe('<p>Before</p>\n<p><em>part</em></p>\n<p>After</p>');
  });

  it('can include several files in a block', async () => {
    const { html } = await render('--8<--\na.md\n\nb.md\n; c.md\n--8<--\n', {
      files: { 'a.md': 'a', 'b.md': 'b', 'c.md': 'c' },
    });
    expect(html).toBe('<p>a</p>\n<p>b</p>');
  });

  it('indents them like the line', async () => {
    const { html } = await render('- item\n\n    --8<-- "a.md"\n', {
      files: { 'a.md': 'in\n\nit' },
    });
    expect(html).toBe('<ul>\n<li>\n<p>item</p>\n<p>in</p>\n<p>it</p>\n</li>\n</ul>');
  });

  it.each([
    ['a.md:3', '<p>two</p>\n<p>three</p>\n<p>four</p>'],
    ['a.md:3:5', '<p>two</p>\n<p>three</p>'],
    ['a.md::1', '<p>one</p>'],
    ['a.md:1:2,7:7', '<p>one</p>\n<p>four</p>'],
    ['a.md:-1', '<p>four</p>'],
  ])('includes some lines: %s', async (path, expected) => {
    expect((await render(`--8<-- "${path}"\n`, { files: lines })).html).toBe(expected);
  });

  it('includes a section', async () => {
    const { html } = await render('--8<-- "a.md:part"\n', {
      files: { 'a.md': 'x\n<!-- --8<-- [start:part] -->\nin\n<!-- --8<-- [end:part] -->\ny\n' },
    });
    expect(html).toBe('<p>in</p>');
  });

  it('resolves nested includes except circular ones', async () => {
    const { html } = await render('--8<-- "a.md"\n', {
      files: { 'a.md': 'a\n\n--8<-- "b.md"', 'b.md': 'b\n\n--8<-- "a.md"' },
    });
    expect(html).toBe('<p>a</p>\n<p>b</p>');
  });

  it('searches only below the base paths', async () => {
    const { read, html } = await render('--8<-- "x/../a.md"\n', {
      files: { 'docs/parts/a.md': 'a' },
      options: { base_path: ['other', 'docs/parts'] },
    });
    expect(read).toEqual(['other/a.md', 'docs/parts/a.md']);
    expect(html).toBe('<p>a</p>');
  });

  it.each(['../secret.md', '/etc/passwd', 'a/../../b.md', 'C:\\x.md', '..\\x.md'])(
    "doesn't leave its base by %s",
    async path => {
      const { read, problems, html } = await render(`text\n\n--8<-- "${path}"\n`);
      expect(read).toEqual([]);
      expect(html).toBe('<p>text</p>');
      expect(problems.map(({ code, range }) => [code, range.start.line])).toEqual([
        ['include-outside', 2],
      ]);
    },
  );

  it('reports a missing file at its place', async () => {
    const { problems } = await render('a\n\n  --8<-- "no.md"\n');
    expect(problems).toEqual([
      {
        code: 'include-missing',
        message: `The included file or section "no.md" doesn't exist`,
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 16 } },
      },
    ]);
  });

  it('sends no network requests', async () => {
    const { read, problems } = await render('--8<-- "https://example.com/a.md"\n', {
      options: { url_download: true },
    });
    expect(read).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it('stays small with circular includes', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `${index}.md`);
    const files = Object.fromEntries(
      names.map((name, index) => [
        name,
        names
          .slice(index + 1)
          .map(other => `--8<-- "${other}"`)
          .join('\n') + 'x'.repeat(10_000),
      ]),
    );
    const { html } = await render('--8<-- "0.md"\n', { files });
    expect(html.length).toBeLessThan(6_000_000);
  });

  it('keeps the lines of the surrounding text', async () => {
    const { links } = await render('--8<-- "a.md"\n\n[here](b.md)\n', {
      files: { 'a.md': 'one\n\n[there](c.md)\n\nthree' },
    });
    expect(links.map(({ target, range }) => [target, range.start.line])).toEqual([
      ['c.md', 0],
      ['b.md', 2],
    ]);
  });
});
