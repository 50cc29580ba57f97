import { describe, expect, it } from 'vitest';
import { codeText, escapeMarkdown, linkTarget } from '../../../../src/base';

describe('Markdown', () => {
  it('shows text unchanged', () => {
    expect(escapeMarkdown('a *b*\n$(c)')).toBe('a &#42;b&#42; &#36;&#40;c&#41;');
  });

  it('encloses text in a code span', () => {
    expect(codeText('a`b\nc')).toBe('a b c');
  });

  it('escapes a URL in a link', () => {
    expect(linkTarget('https://a.example/(b)|c')).toBe('https://a.example/%28b%29%7Cc');
  });
});
