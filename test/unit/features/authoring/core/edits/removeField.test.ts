import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { applyOffsetEdits, removeField } from '../../../../../../src/features/authoring/core/edits';

function removed(text: string, path: string, document = 0): string {
  const edit = removeField(text, { document, path: path.split('.') });
  if (!edit.ok) return edit.error;
  return edit.value ? applyOffsetEdits(text, [edit.value]) : 'unchanged';
}

describe('removeField', () => {
  it.each([
    ['the line', 'a: 1\nuid: x # why\nb: 2\n', 'a: 1\nb: 2\n'],
    ['the first line', 'uid: x\nb: 2\n', 'b: 2\n'],
    ['the last line', 'a: 1\nuid: x', 'a: 1\n'],
    ['all lines of a list', 'a: 1\nuid:\n  - b: c\n    d: e\n# f\ng: h\n', 'a: 1\n# f\ng: h\n'],
    ['all lines of a block text', 'a: 1\nuid: |\n  b\n\n  c\nd: e\n', 'a: 1\nd: e\n'],
    ['a key without a value', 'a: 1\nuid:\nb: 2\n', 'a: 1\nb: 2\n'],
    ['lines with CRLF', 'a: 1\r\nuid: x\r\nb: 2\r\n', 'a: 1\r\nb: 2\r\n'],
    ['the first in braces', '{ uid: x, a: 1 }\n', '{ a: 1 }\n'],
    ['the last in braces', '{ a: 1, uid: [x] }\n', '{ a: 1 }\n'],
    ['the only one in braces', '{ uid: x }\n', '{  }\n'],
  ])('removes %s', (_, before, after) => {
    expect(removed(before, 'uid')).toBe(after);
  });

  it('removes the field at the path in the given document', () => {
    const text = 'm:\n  uid: x\n---\nm:\n  uid: x # y\n  a: 1\n';
    expect(removed(text, 'm.uid', 1)).toBe('m:\n  uid: x\n---\nm:\n  a: 1\n');
  });

  it.each([
    ['s:\n  - a: 1\n    uid: x # y\n  - uid: z\n', 's:\n  - a: 1\n  - uid: z\n'],
    ['s:\n  - { uid: x, a: 1 }\n', 's:\n  - { a: 1 }\n'],
    ['s:\n  - uid: x\n    a: 1\n', 'unsafe'],
    ['s:\n  - &s { uid: x, a: 1 }\n', 'anchor'],
    ['s:\n  - uid\n', 'several-values'],
  ])('removes a field of a list item: %j', (before, after) => {
    const edit = removeField(before, { document: 0, path: ['s', 0, 'uid'] });
    const found = edit.ok ? edit.value && applyOffsetEdits(before, [edit.value]) : edit.error;
    expect(found).toBe(after);
  });

  it.each([
    ['unchanged', 'a: 1\n', 'uid'],
    ['unchanged', 'a: 1\n', 'a.uid'],
    ['unsafe', 'm:\n  uid: x\n', 'm.uid'],
    ['anchor', 'uid: &x y\na: *x\n', 'uid'],
    ['unsafe', 'uid: [&x y]\na: *x\n', 'uid'],
    ['invalid', 'uid: x\na: [\n', 'uid'],
    ['moved', '- uid\n', 'uid'],
  ])('returns %s for %j', (reason, text, path) => {
    expect(removed(text, path)).toBe(reason);
  });

  it('keeps all other fields unchanged', () => {
    const field = fc.tuple(
      fc.constantFrom('a', 'b', 'uid', '"d"'),
      fc.constantFrom('1', "'x'", '[a, b]', '{ c: d }', '\n  - a\n  - b', '|\n  a\n', '# b', ''),
    );
    const text = fc
      .uniqueArray(field, { selector: ([key]) => key, minLength: 1 })
      .map(fields => fields.map(([key, value]) => `${key}: ${value}\n`).join(''));
    fc.assert(
      fc.property(text, source => {
        const after = removed(source, 'uid');
        if (!source.includes('uid')) expect(after).toBe('unchanged');
        else if (after !== 'unsafe') {
          const { uid: _, ...others } = parseAllDocuments(source)[0]!.toJS() as { uid: unknown };
          expect(parseAllDocuments(after)[0]?.toJS()).toEqual(others);
        } else expect(source).toMatch(/^uid: [^]*$/);
      }),
    );
  });
});
