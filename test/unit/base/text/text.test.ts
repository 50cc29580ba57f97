import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineIndex } from '../../../../src/base';

it('ends lines at all three kinds of line breaks', () => {
  const lines = new LineIndex('a\nb\r\nc\rd\r\r\n\n');
  const starts = Array.from({ length: lines.lineCount }, (_, line) => lines.offsetOfLine(line));
  expect(starts).toEqual([0, 2, 5, 7, 9, 11, 12]);
});

it('maps each offset to its line and character', () => {
  const texts = fc.array(fc.constantFrom('a', '\n', '\r\n', '\r')).map(parts => parts.join(''));
  fc.assert(
    fc.property(texts, text => {
      const lines = new LineIndex(text);
      for (let offset = 0; offset <= text.length; offset++) {
        // Between the two halves of a line break, its line has not ended.
        const before = text.slice(0, offset).split(/\r\n|\n|\r/);
        const isInside = text.slice(offset - 1, offset + 1) === '\r\n';
        const line = before.length - (isInside ? 2 : 1);
        // No position is past the end of a line.
        expect(lines.positionAt(offset)).toEqual({ line, character: before[line]?.length });
      }
    }),
  );
});
