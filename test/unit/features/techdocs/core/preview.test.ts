import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { extendMarkdownIt, MarkdownEngine } from '../../../../../src/features/techdocs/core';
import { techdocsCoreExtensions } from '../../../../../src/features/techdocs/core/markdown/config';

const plain = new MarkdownIt({ html: true });
const md = extendMarkdownIt(new MarkdownIt({ html: true }));

/** With tabs as before Material's layout, which needs a script. */
const techdocs = new MarkdownEngine({
  extensions: { ...techdocsCoreExtensions, 'pymdownx.tabbed': {} },
});

const render = (...lines: readonly string[]): string => compact(md.render(lines.join('\n')));
const compact = (html: string): string => html.replace(/>\s+</g, '><').trim();

describe('Markdown preview of VS Code', () => {
  it('has admonitions with a custom, a default or no title', () => {
    expect(render('!!! note', '    *a*')).toBe(
      '<div class="admonition note"><p class="admonition-title">Note</p><p><em>a</em></p></div>',
    );
    expect(render('!!! danger highlight "Do *not*"', '', '    a', '', 'b')).toBe(
      '<div class="admonition danger highlight"><p class="admonition-title">Do <em>not</em></p><p>a</p></div><p>b</p>',
    );
    expect(render('!!! tip ""', '    a')).toBe('<div class="admonition tip"><p>a</p></div>');
    expect(render('!!! warning "Alone"')).toBe(
      '<div class="admonition warning"><p class="admonition-title">Alone</p></div>',
    );
  });

  it('has details, closed or open', () => {
    expect(render('??? note', '    a')).toBe(
      '<details class="callboard-details note"><summary>Note</summary><p>a</p></details>',
    );
    expect(render('???+ "More"', '    a')).toBe(
      '<details class="callboard-details" open=""><summary>More</summary><p>a</p></details>',
    );
  });

  it('has nested boxes and boxes in lists, with any contents', () => {
    expect(
      render('- a', '', '  !!! note', '      - b', '', '          ??? tip', '              c'),
    ).toBe(
      compact(`<ul><li><p>a</p><div class="admonition note"><p class="admonition-title">Note</p>
        <ul><li><p>b</p><details class="callboard-details tip"><summary>Tip</summary><p>c</p></details></li></ul>
        </div></li></ul>`),
    );
    expect(render('text', '!!! note', '    ```', '    a', '', '        b', '    ```')).toBe(
      '<p>text</p><div class="admonition note"><p class="admonition-title">Note</p><pre><code>a\n\n    b\n</code></pre></div>',
    );
  });

  it('has tabs in sets', () => {
    const html = render(
      ...['=== "A"', '    a', '=== "B"', '', '    !!! note', '        b', ''],
      ...['===+ "C"', '    c', '===! "D"', '    d', '', 'text'],
    );
    expect(html.match(/class="tabbed-set/g)).toHaveLength(2);
    expect(html.match(/<label for="(.*?)">(.*?)<\/label>/g)).toEqual([
      '<label for="__tabbed_1_1">A</label>',
      '<label for="__tabbed_1_2">B</label>',
      '<label for="__tabbed_1_3">C</label>',
      '<label for="__tabbed_2_1">D</label>',
    ]);
    expect(html.match(/id="[^"]*" name="[^"]*" checked/g)).toEqual([
      'id="__tabbed_1_3" name="__tabbed_1" checked',
      'id="__tabbed_2_1" name="__tabbed_2" checked',
    ]);
    expect(html).toContain(
      '<div class="tabbed-content"><div class="admonition note"><p class="admonition-title">Note</p><p>b</p></div></div>',
    );
    expect(html).toMatch(/<p>text<\/p>$/);
    expect(render('=== "A"', '    a')).toContain('name="__tabbed_1"');
  });

  it('has code titles in any fence notation', () => {
    const code = (language: string): string =>
      `<div class="callboard-code"><span class="filename">a &lt;b&gt;</span><pre><code class="language-${language}">x\n</code></pre></div>`;
    expect(render('```ts title="a <b>" hl_lines="1"', 'x', '```')).toBe(code('ts'));
    expect(render('~~~{ .ts title="a <b>" linenums="1" }', 'x', '~~~')).toBe(code('ts'));
    expect(render('!!! note', '    ```ts title="a <b>"', '    x', '    ```')).toContain(code('ts'));
    expect(render('``` { .ts .copy }', 'x', '```')).toBe(
      '<pre><code class="language-ts">x\n</code></pre>',
    );
    for (const header of ['ts', 'ts title=""', 'ts something else', '']) {
      expect(render(`\`\`\`${header}`, 'x', '```')).not.toContain('filename');
    }
  });

  it('leaves alerts as quotes while they are off', () => {
    let isOn = false;
    const changing = extendMarkdownIt(new MarkdownIt(), () => isOn);
    expect(changing.render('> [!NOTE]\n> a')).toContain('<blockquote>');
    isOn = true;
    expect(changing.render('> [!NOTE]\n> a')).toContain('class="admonition note"');
  });

  it('has alerts as admonitions', () => {
    expect(render('> [!CAUTION]', '> a', '> b', '', 'c')).toBe(
      '<div class="admonition danger"><p class="admonition-title">Caution</p><p>a\nb</p></div><p>c</p>',
    );
    expect(render('> [!note] Mind', '>', '> - a')).toBe(
      '<div class="admonition note"><p class="admonition-title">Mind</p><ul><li>a</li></ul></div>',
    );
  });

  it('has line numbers for scrolling', () => {
    const lines = (text: string): unknown[] =>
      md
        .parse(text, {})
        .filter(({ map, nesting }) => map && nesting === 1)
        .map(({ tag, map }) => [tag, map?.[0]]);
    const text = 'a\n\n!!! note\n    b\n\n    c\n\n=== "d"\n    e\n\n> [!TIP]\n> f';
    expect(lines(text).join(' ')).toBe(
      'p,0 div,2 p,2 p,3 p,5 div,7 label,7 div,7 p,8 div,10 p,10 p,11',
    );
  });

  it.each([
    '!!! note that this is an exclamation',
    '!!!',
    '???',
    '??? really',
    'a\n===',
    '=== not quoted',
    '    !!! note\n        code',
    ' !!! note\n     a',
    '```\n!!! note\n    a\n=== "b"\n```',
    '> [!NOTE]',
    '> [!NOTICE]\n> a',
    '> a\n> [!NOTE]',
    '- > [!NOTE]\n  > a',
    '<div>\n!!! note\n    a\n</div>',
  ])('renders other Markdown unchanged: %j', text => {
    expect(md.render(text)).toBe(plain.render(text));
  });

  it('has the boxes and titles of TechDocs', () => {
    const page = [
      '!!! note "One"',
      '    a',
      '',
      '??? warning',
      '    b',
      '',
      '!!! Custom  Kind',
      '    c',
      '',
      '> [!IMPORTANT]',
      '> d',
      '',
      '=== "Tab"',
      '',
      '    e',
      '',
    ].join('\n');
    const boxes = (html: string): unknown =>
      [...html.matchAll(/<(div|details|summary|p|label)([^>]*)>([^<]*)/g)].flatMap(found => {
        const [, tag, attributes = '', text] = found;
        const classes = / class="(?:callboard-details )?([^"]*)"/.exec(attributes)?.[1] ?? '';
        const isBox = tag !== 'p' || classes === 'admonition-title';
        return isBox ? [`${tag} ${classes} ${(text ?? '').trim()}`] : [];
      });
    expect(boxes(md.render(page))).toEqual(boxes(techdocs.render(page).html));
  });

  it.each([
    ['boxes', '!!! note\n'.repeat(10_000)],
    [
      'boxes in boxes',
      Array.from({ length: 400 }, (_, i) => `${' '.repeat(4 * i)}!!! a`).join('\n'),
    ],
    ['tabs', '=== "a"\n    b\n'.repeat(10_000)],
    ['tabs without text', '=== "a"\n'.repeat(10_000)],
    ['alerts', '> [!NOTE]\n> a\n\n'.repeat(5000)],
    ['a long marker', `!!! ${'a '.repeat(50_000)}!`],
    ['a marker of quotes', `??? "${'" "'.repeat(30_000)}!`],
  ])('ends for %s', (_name, text) => {
    expect(md.render(text).length).toBeLessThan(50 * text.length);
  });
});
