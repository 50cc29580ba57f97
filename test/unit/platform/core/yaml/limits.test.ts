import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import {
  composeDocuments,
  MAX_ALIASES,
  MAX_YAML_LENGTH,
  parseYaml,
} from '../../../../../src/platform/core/yaml';
import { growth, LINEAR } from '../../../../support/growth';

const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);

/** Each line refers twice to the previous one. */
const tower = (levels: number): string =>
  `a0: &a0 [x, x]\n${range(levels)
    .map(level => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]\n`)
    .join('')}`;

const excessOf = (text: string) => composeDocuments(text)[0]?.excess;

describe('aliases', () => {
  it.each([
    ['a tower', tower(40), 'Aliases expand to more than 100000 values'],
    [
      'a list many times',
      `a: &a\n${'  - 1\n'.repeat(2000)}b:\n${'  - *a\n'.repeat(60)}`,
      'Aliases expand to more than 100000 values',
    ],
    [
      'a long text many times',
      `a: &a ${'x'.repeat(1_000_000)}\nb:\n${'  - *a\n'.repeat(20)}`,
      'Aliases expand to more than 100000 values',
    ],
    ['a ring', 'a: &a\n  b: [*a]\n', 'The alias *a refers to a value that contains it'],
    [
      'steps down',
      `- &a0 []\n${range(300)
        .map(level => `- &a${level + 1} [*a${level}]\n`)
        .join('')}`,
      'Nested deeper than 200 levels',
    ],
  ])('are rejected with the place of the first above the limit: %s', (_, text, message) => {
    const excess = excessOf(text);
    expect(excess?.message).toBe(message);
    expect(text.slice(...(excess?.pos ?? [0, 0]))).toMatch(/^\*a\d*$/);
    expect(() => parseYaml(text)).toThrow(`${message} at line `);
  });

  it.each([
    ['one of a text', 'a: &x 1\nb: *x'],
    ['of lists and maps', 'a: &x [1, { b: 2 }]\nc: *x\nd: { e: *x }'],
    ['with the name of another before', 'a: &x 1\nb: *x\nc: &x 2\nd: *x'],
    ['as a key', '&x a: 1\n*x : 2'],
    ['of a key', '? &x [a, b]\n: 1\nc: *x'],
    ['nested in others', 'a: &x [1]\nb: &y [*x, *x]\nc: [*y, *x]'],
    ['of nothing', 'a: &x\nb: *x'],
    [
      'hundred of one',
      `a: &a 1\n${range(99)
        .map(index => `k${index}: *a\n`)
        .join('')}`,
    ],
    [
      'hundred and one of one',
      `a: &a 1\n${range(100)
        .map(index => `k${index}: *a\n`)
        .join('')}`,
    ],
    ['that lead nowhere', 'a: *x\nb: &x 1'],
  ])('return the same as `yaml`: %s', (_, text) => {
    const read = (toJs: () => unknown): unknown => {
      try {
        return toJs();
      } catch (error) {
        return (error as Error).message;
      }
    };
    const document = composeDocuments(text)[0]?.document;
    const options = { maxAliasCount: MAX_ALIASES };
    const expected = parseDocument(text, { uniqueKeys: false });
    expect(read(() => document?.toJS(options))).toEqual(read(() => expected.toJS(options)));
  });

  it('are resolved in linear time', async () => {
    const text = (size: number): string =>
      `${range(size)
        .map(index => `- &a${index} x\n`)
        .join('')}- &z [${range(size)
        .map(index => `*a${index}`)
        .join(', ')}]\n- *z\n`;
    expect(parseYaml(text(3))).toEqual(['x', 'x', 'x', ['x', 'x', 'x'], ['x', 'x', 'x']]);
    expect(await growth(size => parseYaml(text(size)), 2500)).toBeLessThan(LINEAR);
  });

  it('are not listed for each key that is a list', () => {
    const text = range(20_000)
      .map(index => `? [&a${index} x]\n`)
      .join('');
    expect(excessOf(text)?.code).toBe('aliases');
  });
});

describe('parseYaml', () => {
  it('reads one document', () => {
    expect([parseYaml(''), parseYaml('# x\n'), parseYaml('a: [1, "2"]')]).toEqual([
      null,
      null,
      { a: [1, '2'] },
    ]);
  });

  it.each([
    ['nesting', '['.repeat(100_000), 'Nested deeper than 200 levels at line 1, column 1'],
    ['its length', 'x'.repeat(MAX_YAML_LENGTH + 1), 'Larger than 16 MB at line 1, column 1'],
    ['a mistake', 'a: 1\nb: [', 'at line 2, column 5'],
    [
      'a second document',
      'a: 1\n---\nb: 1',
      'Only one YAML document is expected at line 2, column 1',
    ],
  ])('rejects %s, with the place', (_, text, message) => {
    expect(() => parseYaml(text)).toThrow(message);
  });
});
