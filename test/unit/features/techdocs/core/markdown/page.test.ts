import { describe, expect, it } from 'vitest';
import { MarkdownEngine, techdocsExtensions } from '../../../../../../src/features/techdocs/core';

const engine = new MarkdownEngine();

/** The text of a page that a range covers. */
function covered(
  text: string,
  { start, end }: { start: { line: number; character: number }; end: typeof start },
): string {
  const lines = text.split('\n');
  if (start.line === end.line)
    return (lines[start.line] ?? '').slice(start.character, end.character);
  return [
    (lines[start.line] ?? '').slice(start.character),
    ...lines.slice(start.line + 1, end.line),
    (lines[end.line] ?? '').slice(0, end.character),
  ].join('\n');
}

describe('code in text', () => {
  it('is the same for repeated text', () => {
    const paragraph = '<p><code>a</code> and <code>b</code></p>';
    expect(engine.render('`a` and `b`\n\n`a` and `b`').html).toBe(`${paragraph}\n${paragraph}`);
  });
});

describe('links of a page', () => {
  it.each([
    ['[a](b.md)', 'page', 'b.md', undefined],
    ['[a](../b%20c.md?x=1#d%C3%A9)', 'page', '../b c.md', 'dé'],
    ['[a](file.pdf)', 'file', 'file.pdf', undefined],
    ['[a](#anchor)', 'anchor', undefined, 'anchor'],
    ['[a](/absolute/path.md)', 'absolute', undefined, undefined],
    ['[a](https://example.com/x#y)', 'external', undefined, undefined],
    ['[a](mailto:a@b.c)', 'mail', undefined, undefined],
    ['[a]()', 'empty', undefined, undefined],
    ['<a href="c.md">x</a>', 'page', 'c.md', undefined],
    ['https://example.com', 'external', undefined, undefined],
    ['me@example.com', 'mail', undefined, undefined],
  ])('%s has a target of its kind', (text, kind, path, anchor) => {
    const [link, ...others] = engine.render(`Text ${text} text`).links;
    expect(others).toEqual([]);
    expect(link).toMatchObject({ kind, path, anchor });
  });

  it.each([
    'Text with [a link](b.md "title") in it',
    '# Header with [a link](b.md)',
    '- list\n    - nested *[a link](b.md)*',
    '!!! note\n    In [a link](b.md)',
    '> > [a link](b.md)',
    '| a | b |\n|---|---|\n| x | [a link](b.md) |',
    '- a\n\t- tab [a link](b.md)',
    'a `code` **b** \\* [a link](b.md)',
    '- a\n\n\t[a link](b.md)',
    'text[^1]\n\n[^1]: With [a link](b.md)',
    '<div markdown>\n[a link](b.md)\n</div>',
    '=== "Tab"\n    [a link](b.md)',
    'a {++new++} [a link](b.md)',
    '---\ntitle: x\n---\n\n[a link](b.md)',
    'Windows\r\n\r\n[a link](b.md)',
    'Over [a\nlink](b.md)',
  ])('have their range: %j', text => {
    const link = engine.render(text).links.find(({ target }) => target === 'b.md');
    expect(link && covered(text, link.range)).toMatch(/^\[a\s+link\]\(b\.md( "title")?\)$/);
  });

  it('by reference are at their use', () => {
    const { links } = engine.render('[a][id] and [id]\n\n[id]: b.md "T"\n');
    expect(
      links.map(({ target, title, form, range }) => [target, title, form, range.start]),
    ).toEqual([
      ['b.md', 'T', 'reference', { line: 0, character: 0 }],
      ['b.md', 'T', 'reference', { line: 0, character: 12 }],
    ]);
  });

  it('are not found in code', () => {
    expect(engine.render('`[a](b)`\n\n    [a](b)\n\n```\n[a](b)\n```\n').links).toEqual([]);
  });
});

describe('images of a page', () => {
  it('have text, target and range', () => {
    const text = 'x ![a *b*](c.png "t") <img src="d.png" alt="e">';
    const { images } = engine.render(text);
    expect(
      images.map(({ target, alt, title, range }) => [target, alt, title, covered(text, range)]),
    ).toEqual([
      ['c.png', 'a *b*', 't', '![a *b*](c.png "t")'],
      ['d.png', 'e', undefined, '<img src="d.png" alt="e">'],
    ]);
  });
});

describe('a page', () => {
  it('has its headings, nested, with their lines', () => {
    const { toc } = engine.render('# A `b` & c\n\ntext\n\n### D\n\n## E\n');
    expect(toc).toEqual([
      {
        level: 1,
        id: 'a-b-c',
        title: 'A b & c',
        line: 0,
        children: [
          { level: 3, id: 'd', title: 'D', line: 4, children: [] },
          { level: 2, id: 'e', title: 'E', line: 6, children: [] },
        ],
      },
    ]);
  });

  it.each([
    ['---\ntitle: Own\n---\n\n# Header\n', 'Own'],
    ['# Header *x*\n', 'Header x'],
    ['text\n\n# Later\n', undefined],
    ['## Second level\n', undefined],
  ])('has a title: %j', (text, title) => {
    expect(engine.render(text).title).toBe(title);
  });

  it('has all ids that links can target', () => {
    const text =
      '# A\n\n<a name="b"></a> <p id="c">x</p>\n\ntext\n{: #d }\n\n<div id="e">x</div>\n';
    expect([...engine.render(text).anchors].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('has start lines of blocks, also nested ones', () => {
    const marked = new MarkdownEngine({ lineAttributes: true });
    const { html } = marked.render('# A\n\ntext\n\n- b\n  - c\n\n> d\n>\n> e\n\n!!! note\n    f\n');
    const lines = [...html.matchAll(/<(\w+)[^>]* data-line="(\d+)"/g)].map(
      ([, tag, line]) => `${tag} ${line}`,
    );
    expect(lines).toEqual([
      'h1 0',
      'p 2',
      'ul 4',
      'li 4',
      'ul 5',
      'li 5',
      'blockquote 7',
      'p 7',
      'p 9',
      'div 11',
      'p 11',
      'p 12',
    ]);
  });

  it('has the languages of its code', () => {
    expect(engine.render('```js\nx\n```\n\n`#!py y`\n\n```\nz\n```\n').languages).toEqual([
      'js',
      'py',
    ]);
  });

  it('is highlighted by the given function', () => {
    const colouring = new MarkdownEngine({
      highlight: (code, language) => `<i>${language}:${code.trim()}</i>`,
    });
    expect(colouring.render('```js\nx\n```\n').html).toContain('<code><i>js:x</i></code>');
  });

  it('can be empty', () => {
    expect(engine.render(' \n\n')).toMatchObject({ html: '', toc: [], title: undefined });
  });
});

describe('extensions', () => {
  it('that are unknown are listed by name', () => {
    const { unknownExtensions } = new MarkdownEngine({
      extensions: {
        toc: {},
        'pymdownx.blocks.tab': {},
        'markdown.extensions.admonition': {},
        x: {},
      },
    });
    expect(unknownExtensions).toEqual(['pymdownx.blocks.tab', 'x']);
  });

  it('of a site are merged like in techdocs-core', () => {
    const extensions = techdocsExtensions({
      toc: { toc_depth: 3 },
      'pymdownx.snippets': { base_path: 'parts', restrict_base_path: false },
      'pymdownx.superfences': { custom_fences: [] },
      'pymdownx.arithmatex': { generic: true },
    });
    expect(extensions).toMatchObject({
      toc: { permalink: true, toc_depth: 3 },
      'pymdownx.snippets': { base_path: 'parts', restrict_base_path: true },
      'pymdownx.extra': {
        'pymdownx.superfences': { custom_fences: [] },
        'pymdownx.betterem': { smart_enable: 'all' },
      },
      'pymdownx.arithmatex': { generic: true },
      'pymdownx.tilde': {},
    });
  });
});
