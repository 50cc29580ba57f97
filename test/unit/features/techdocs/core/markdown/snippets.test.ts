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

describe('a page that includes others', () => {
  it('shows them where it asks for them', async () => {
    const { html } = await render('Before\n\n--8<-- "part.md"\n\nAfter\n', {
      files: { 'part.md': '*part*' },
    });
    expect(html).toBe('<p>Before</p>\n<p><em>part</em></p>\n<p>After</p>');
  });

  it('can ask for several in a block', async () => {
    const { html } = await render('--8<--\na.md\n\nb.md\n; c.md\n--8<--\n', {
      files: { 'a.md': 'a', 'b.md': 'b', 'c.md': 'c' },
    });
    expect(html).toBe('<p>a</p>\n<p>b</p>');
  });

  it('indents them as the line is', async () => {
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
  ])('takes some lines of them: %s', async (path, expected) => {
    expect((await render(`--8<-- "${path}"\n`, { files: lines })).html).toBe(expected);
  });

  it('takes a section of them', async () => {
    const { html } = await render('--8<-- "a.md:part"\n', {
      files: { 'a.md': 'x\n<!-- --8<-- [start:part] -->\nin\n<!-- --8<-- [end:part] -->\ny\n' },
    });
    expect(html).toBe('<p>in</p>');
  });

  it('follows includes of includes, but none that lead back', async () => {
    const { html } = await render('--8<-- "a.md"\n', {
      files: { 'a.md': 'a\n\n--8<-- "b.md"', 'b.md': 'b\n\n--8<-- "a.md"' },
    });
    expect(html).toBe('<p>a</p>\n<p>b</p>');
  });

  it('looks below the base paths, and nowhere else', async () => {
    const { read, html } = await render('--8<-- "x/../a.md"\n', {
      files: { 'docs/parts/a.md': 'a' },
      options: { base_path: ['other', 'docs/parts'] },
    });
    expect(read).toEqual(['other/a.md', 'docs/parts/a.md']);
    expect(html).toBe('<p>a</p>');
  });

  it.each(['../secret.md', '/etc/passwd', 'a/../../b.md', 'C:\\x.md', '..\\x.md'])(
    'does not leave its base by %s',
    async path => {
      const { read, problems, html } = await render(`text\n\n--8<-- "${path}"\n`);
      expect(read).toEqual([]);
      expect(html).toBe('<p>text</p>');
      expect(problems.map(({ code, range }) => [code, range.start.line])).toEqual([
        ['include-outside', 2],
      ]);
    },
  );

  it('says what is not there, at its place', async () => {
    const { problems } = await render('a\n\n  --8<-- "no.md"\n');
    expect(problems).toEqual([
      {
        code: 'include-missing',
        message: `The included file or section "no.md" doesn't exist`,
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 16 } },
      },
    ]);
  });

  it('does not ask networks', async () => {
    const { read, problems } = await render('--8<-- "https://example.com/a.md"\n', {
      options: { url_download: true },
    });
    expect(read).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it('stays small, whatever includes what', async () => {
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

  it('keeps the lines of what stands around them', async () => {
    const { links } = await render('--8<-- "a.md"\n\n[here](b.md)\n', {
      files: { 'a.md': 'one\n\n[there](c.md)\n\nthree' },
    });
    expect(links.map(({ target, range }) => [target, range.start.line])).toEqual([
      ['c.md', 0],
      ['b.md', 2],
    ]);
  });
});
