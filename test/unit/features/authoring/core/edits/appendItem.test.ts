import { describe, expect, it } from 'vitest';
import { appendItem, applyOffsetEdits } from '../../../../../../src/features/authoring/core/edits';

function appended(text: string, value = './b.yaml'): string {
  const edit = appendItem(text, { document: 0, path: ['spec', 'targets'], value });
  if (!edit.ok) return edit.error;
  return edit.value ? applyOffsetEdits(text, [edit.value]) : 'unchanged';
}

describe('appendItem', () => {
  it.each([
    [
      'spec:\n  targets:\n    - ./a.yaml # first\n  # more\n  x: y\n',
      'spec:\n  targets:\n    - ./a.yaml # first\n    - ./b.yaml\n  # more\n  x: y\n',
    ],
    [
      'spec:\n  targets:\n  - a: b\n    c: d',
      'spec:\n  targets:\n  - a: b\n    c: d\n  - ./b.yaml',
    ],
    [
      'spec:\r\n  targets:\r\n    - a\r\n---\r\nb: c\r\n',
      'spec:\r\n  targets:\r\n    - a\r\n    - ./b.yaml\r\n---\r\nb: c\r\n',
    ],
    [
      'spec:\n  targets:\n    - a\n    - &b !!str b # c\nx: *b\n',
      'spec:\n  targets:\n    - a\n    - &b !!str b # c\n    - ./b.yaml\nx: *b\n',
    ],
    ['spec: { targets: ["a"] }\n', 'spec: { targets: ["a", "./b.yaml"] }\n'],
    [
      'spec:\n  targets: [\n    a,\n    b\n  ]\n',
      'spec:\n  targets: [\n    a,\n    b,\n    ./b.yaml\n  ]\n',
    ],
    ['spec:\n  targets: []\n', 'spec:\n  targets: [./b.yaml]\n'],
    ['spec:\n  targets:\n', 'spec:\n  targets: [./b.yaml]\n'],
    ['spec:\n  x: y\n', 'spec:\n  x: y\n  targets:\n    - ./b.yaml\n'],
    ['a: b\n', 'a: b\nspec:\n  targets:\n    - ./b.yaml\n'],
  ])('appends to %j', (before, after) => {
    expect(appended(before)).toBe(after);
  });

  it('quotes a value that YAML would misread', () => {
    expect(appended('spec:\n  targets:\n    - a\n', 'b: #c')).toBe(
      'spec:\n  targets:\n    - a\n    - "b: #c"\n',
    );
  });

  it.each([
    ['unchanged', 'spec:\n  targets:\n    - ./b.yaml\n'],
    ['unsafe', 'spec:\n  targets: a\n'],
    ['anchor', 'spec:\n  targets: &t [a]\nx: *t\n'],
    ['unsafe', 'spec:\n  targets: *t\nx: &t [a]\n'],
    ['invalid', 'spec:\n  targets: [a\n'],
  ])('returns %s for %j', (reason, text) => {
    expect(appended(text)).toBe(reason);
  });
});
