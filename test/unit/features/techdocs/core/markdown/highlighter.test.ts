import { describe, expect, it } from 'vitest';
import { loadHighlighter, MarkdownEngine } from '../../../../../../src/features/techdocs/core';

describe('colours of code', () => {
  it('are those of the languages that a page has, by the names that it uses', async () => {
    const highlight = await loadHighlighter(['js', 'YAML', 'no-such-language']);

    expect(highlight('let a;', 'js')).toBe('<span class="hljs-keyword">let</span> a;');
    expect(highlight('a: 1', 'yaml')).toContain('hljs-attr');
    expect(highlight('x', 'no-such-language')).toBeUndefined();
    // Nobody asked for it to be loaded.
    expect(highlight('x', 'python')).toBeUndefined();
  });

  it('make no HTML of what stands in the code', async () => {
    const highlight = await loadHighlighter(['js']);
    expect(highlight('"</span><script>"', 'js')).not.toContain('<script>');
  });

  it('end with the line where lines stand out, and go on in the next', async () => {
    const highlight = await loadHighlighter(['js']);
    const engine = new MarkdownEngine({
      extensions: { 'pymdownx.superfences': {}, 'pymdownx.highlight': {} },
      highlight,
    });

    const { html } = engine.render('```js hl_lines="2"\n/* one\ntwo\nthree */\n```\n');

    const comment = '<span class="hljs-comment">';
    expect(html).toContain(
      `<code>${comment}/* one</span>\n<span class="hll">${comment}two\n</span></span>${comment}three */</span>\n</code>`,
    );
  });
});
