import { expect, it } from 'vitest';
import { MarkdownEngine } from '../../../../../../src/features/techdocs/core';

const plain = new MarkdownEngine();
const withLines = new MarkdownEngine({ lineAttributes: true });

it.each([
  'Text\n\n```yaml\na: 1\n```\n\nText\n',
  '<div>\n\ntext\n\n</div>\n\ntext <b>bold</b>\n',
  '!!! note\n    ```yaml title="a"\n    a: 1\n    ```\n\n- a\n\n    ```\n    b\n    ```\n',
  '```mermaid\nflowchart LR\n```\n',
  '<details markdown="1">\n<summary>a</summary>\n\n- b\n\n</details>\n',
  'a\n\n{++b++}\n\nc\n',
  '{++ a block\n\nof text ++}\n\n{--deleted--}\n',
])('adds only line attributes to %j', text => {
  const { html } = withLines.render(text);
  expect(html).toContain(' data-line="');
  expect(html.replace(/ data-line="\d+"/g, '')).toBe(plain.render(text).html);
});

it('marks the lines of code and HTML blocks', () => {
  const { html } = withLines.render('Text\n\n```yaml\na: 1\n```\n\n<div>\nb\n</div>\n');
  expect(html).toContain('<div data-line="2" class="language-yaml highlight"');
  expect(html).toContain('<div data-line="6">');
});
