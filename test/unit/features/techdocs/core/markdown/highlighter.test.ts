import { describe, expect, it } from 'vitest';
import { loadHighlighter, MarkdownEngine } from '../../../../../../src/features/techdocs/core';

describe('syntax highlighting', () => {
  it('supports the requested languages by their names', async () => {
    const highlight = await loadHighlighter(['js', 'YAML', 'no-such-language']);

    expect(highlight('let a;', 'js')).toBe('<span class="hljs-keyword">let</span> a;');
    expect(highlight('a: 1', 'yaml')).toContain('hljs-attr');
    expect(highlight('x', 'no-such-language')).toBeUndefined();
    // It was not requested.
    expect(highlight('x', 'python')).toBeUndefined();
  });

  it('escapes HTML in code', async () => {
    const highlight = await loadHighlighter(['js']);
    expect(highlight('"</span><script>"', 'js')).not.toContain('<script>');
  });

  it('closes spans at marked lines and reopens them', async () => {
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
