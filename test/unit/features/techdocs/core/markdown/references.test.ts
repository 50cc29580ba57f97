import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findReference } from '../../../../../../src/features/techdocs/core/markdown/blocks/references';
import { growth, LINEAR } from '../../../../../support/growth';

/** Python-Markdown's expression. */
const PYTHON =
  /^[ ]{0,3}\[([^[\]]*)\]:[ ]*\n?[ ]*([^\s]+)[ ]*(?:\n[ ]*)?((["'])([^\n]*)\4[ ]*|\(([^\n]*)\)[ ]*)?$/m;

it('finds the same references as Python-Markdown', () => {
  const part = fc.constantFrom('[a]:', ' ', '  ', '\n', 'x', '"', "'", '(', ')', '<', '[', 'y z');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), parts => {
      const text = `[a]:${parts.join('')}`;
      const expected = PYTHON.exec(text);
      const found = findReference(text);
      expect(found && [found.from, found.to, found.id, found.written, found.title]).toEqual(
        expected
          ? [
              expected.index,
              expected.index + expected[0].length,
              expected[1],
              expected[2],
              expected[5] || (expected[6] ?? ''),
            ]
          : undefined,
      );
    }),
    { numRuns: 10_000 },
  );
});

it.each<[string, (size: number) => string]>([
  ['blanks', size => `[a]:${' '.repeat(size)}`],
  ['quotes', size => `[a]: x${'"'.repeat(size)} y`],
  ['parentheses', size => `[a]: x${'('.repeat(size)} y)z`],
  ['titles', size => `[a]: x ${'" '.repeat(size)}y`],
])('takes linear time for %s', async (_, text) => {
  expect(await growth(size => findReference(text(size)), 10_000)).toBeLessThan(LINEAR);
});
