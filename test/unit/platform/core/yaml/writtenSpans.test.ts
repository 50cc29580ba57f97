import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isScalar, parseDocument, stringify } from 'yaml';
import { writtenSpans } from '../../../../../src/platform/core/yaml';

/** Source text and value of a scalar under a key. */
function scalarOf(document: string): { written: string; value: string } {
  const node = parseDocument(document).get('key', true);
  if (!isScalar(node) || !node.range) throw new Error('There is no scalar');
  return { written: document.slice(node.range[0], node.range[1]), value: String(node.value) };
}

/** Source text of a part of the value. */
function writtenFor(document: string, part: string): string | undefined {
  const { written, value } = scalarOf(document);
  const start = value.indexOf(part);
  const span = writtenSpans(written, value)?.({ start, end: start + part.length });
  return span && written.slice(span.start, span.end);
}

describe('writtenSpans', () => {
  it.each([
    ['plain', 'key: a bc d', 'bc', 'bc'],
    ['at the end', 'key: a bc', 'bc', 'bc'],
    ['plain on lines', 'key: a\n  bc\n  d', 'bc', 'bc'],
    ['single quotes', "key: 'a ''bc'' d'", "'bc'", "''bc''"],
    ['double quotes', 'key: "a \\"bc\\" d"', '"bc"', '\\"bc\\"'],
    ['escapes', 'key: "\\t\\u00e4\\x41 \\U0001F600bc"', 'bc', 'bc'],
    ['escaped blanks', 'key: "a\\n\\n bc"', 'bc', 'bc'],
    ['escaped breaks', 'key: "a\\\n  bc d"', 'bc', 'bc'],
    ['double quotes on lines', 'key: "a\n\n  bc\n  d"', 'bc', 'bc'],
    ['a block', 'key: |\n  a\n    bc\n  d\n', 'bc', 'bc'],
    ['a block with a header', 'key: |2- # why\n   a\n  bc\n', 'bc', 'bc'],
    ['a folded block', 'key: >-\n  a\n  bc\n\n  d\n', 'bc', 'bc'],
    ['CRLF', 'key: |\r\n  a\r\n  bc\r\n', 'bc', 'bc'],
    ['across lines', 'key: |\n  a\n  b\n', 'a\nb', 'a\n  b'],
  ])('finds a part of a scalar: %s', (_, document, part, expected) => {
    expect(writtenFor(document, part)).toBe(expected);
  });

  it.each([
    ['abc', 'abd'],
    ['"\\q', 'x'],
    ['"\\UFFFFFFFF"', 'x'],
    ['', 'a'],
    ["'a'", 'a b'],
  ])('returns undefined if %s is not the source of %s', (written, value) => {
    expect(writtenSpans(written, value)).toBeUndefined();
  });

  it('finds every word in any output of yaml', () => {
    const words = fc.array(
      fc.constantFrom('a', "b'", '"c', '\\', 'ü', '😀', '\n', ' ', '\t', '#', ': '),
    );
    const style = fc.constantFrom(
      ...(['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const),
    );
    fc.assert(
      fc.property(words, style, fc.integer({ min: 10, max: 40 }), (parts, type, lineWidth) => {
        const text = `${parts.join('')}end${parts.join('')}`;
        const document = stringify({ key: text }, { defaultStringType: type, lineWidth });
        const { written, value } = scalarOf(document);
        expect(value).toBe(text);
        const start = value.indexOf('end');
        const span = writtenSpans(written, value)?.({ start, end: start + 3 });
        // A break may be escaped in the middle of a word.
        const found = written.slice(span?.start, span?.end).replace(/\\\n\s*/, '');
        expect(found).toBe('end');
      }),
    );
  });

  it('returns spans within any source text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (written, value) => {
        const spans = writtenSpans(written, value);
        for (let at = 0; spans && at <= value.length; at++) {
          const { start, end } = spans({ start: at, end: value.length });
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(written.length);
        }
      }),
    );
  });
});
