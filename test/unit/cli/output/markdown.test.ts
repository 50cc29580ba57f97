import { describe, expect, it } from 'vitest';
import { inCode, markdownText } from '../../../../src/cli/output/markdown';

describe('Markdown', () => {
  it.each([
    ['a `b` c', '`` a `b` c ``'],
    ['``', '``` `` ```'],
    ['', '`  `'],
    [' x', '`  x `'],
    ['a\nb\u202ec', '`a\\nb\\u202ec`'],
    ['@me #1 <b> |', '`@me #1 <b> |`'],
  ])('writes %j as code', (text, code) => {
    expect(inCode(text)).toBe(code);
  });

  it.each([
    ['plain text, with commas', 'plain text, with commas'],
    ['[a](javascript:x) ![b](c)', '\\[a\\]\\(javascript:x\\) \\!\\[b\\]\\(c\\)'],
    ['<img src=x> &lt;', '\\<img src\\=x\\> \\&lt;'],
    ['**b** _i_ ~s~ `c` | \\', '\\*\\*b\\*\\* \\_i\\_ \\~s\\~ \\`c\\` \\| \\\\'],
    ['@me, see org/repo#12', '@\u200bme, see org/repo\\#\u200b12'],
    ['https://example.com WWW.x', 'https://\u200bexample.com WWW.\u200bx'],
    ['two\nlines', 'two\\\\nlines'],
  ])('writes %j as text', (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });

  it('truncates long texts', () => {
    expect(inCode('x'.repeat(5000)).length).toBeLessThan(500);
    expect(markdownText('*'.repeat(5000)).length).toBeLessThan(1000);
  });
});
