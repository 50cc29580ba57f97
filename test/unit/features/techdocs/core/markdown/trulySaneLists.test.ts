import { describe, expect, it } from 'vitest';
import { MarkdownEngine } from '../../../../../../src/features/techdocs/core';
import type { Config } from '../../../../../support/techdocs/realMarkdown';

// mdx_truly_sane_lists, by its documentation: it isn't packaged in Debian.

function render(text: string, options: Config[string] = {}): string {
  return new MarkdownEngine({ extensions: { mdx_truly_sane_lists: options } }).render(text).html;
}

const outline = `+ attributes

- customer
  + first_name
  + family_name
- person
  + birth_date
- subscription_id

+ request`;

describe('truly sane lists', () => {
  it('nest by two spaces, and end at a blank line', () => {
    expect(render(outline)).toBe(`<ul>
<li>attributes</li>
</ul>
<ul>
<li>customer<ul>
<li>first_name</li>
<li>family_name</li>
</ul>
</li>
<li>person<ul>
<li>birth_date</li>
</ul>
</li>
<li>subscription_id</li>
</ul>
<ul>
<li>request</li>
</ul>`);
  });

  it('continue after a blank line if truly_sane is off', () => {
    const html = render('- a\n\n- b\n', { truly_sane: false });
    expect(html).toBe('<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>');
  });

  it('nest by the configured number of spaces', () => {
    expect(render('- a\n    - b\n', { nested_indent: 4 })).toBe(
      '<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>',
    );
    expect(render('- a\n  - b\n', { nested_indent: 4 })).toBe(
      '<ul>\n<li>a</li>\n<li>b</li>\n</ul>',
    );
  });

  it('have items of one kind', () => {
    expect(render('1. More ordered\n* not a list item\n\n* Unordered\n1. not a list item\n')).toBe(
      '<ol>\n<li>More ordered\n* not a list item</li>\n</ol>\n<ul>\n<li>Unordered\n1. not a list item</li>\n</ul>',
    );
  });

  it('have paragraphs if numbers continue after a blank line', () => {
    expect(render('1. one\n\n2. two\n')).toBe(
      '<ol>\n<li>\n<p>one</p>\n</li>\n<li>\n<p>two</p>\n</li>\n</ol>',
    );
  });

  it('keep code at four spaces', () => {
    expect(render('- a\n\nText\n\n    code\n\n  Not code\n')).toBe(
      '<ul>\n<li>a</li>\n</ul>\n<p>Text</p>\n<pre><code>code\n</code></pre>\n<p>Not code</p>',
    );
  });
});
