import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/model';
import { pointerOf, valueAt, type ValuePath, withValueAt } from '../../../../src/model/forms';

describe('pointerOf', () => {
  test('returns different pointers for similar paths', () => {
    expect([['a', 'b'], ['a/b'], ['a~1b'], ['a', 0], []].map(pointerOf)).toEqual([
      '/a/b',
      '/a~1b',
      '/a~01b',
      '/a/0',
      '',
    ]);
  });
});

describe('valueAt', () => {
  const value = { owner: 'team-a', links: [{ url: 'https://a.example' }] };
  const cases: readonly [ValuePath, JsonValue | undefined][] = [
    [[], value],
    [['owner'], 'team-a'],
    [['links', 0, 'url'], 'https://a.example'],
    [['links', 1, 'url'], undefined],
    [['owner', 'length'], undefined],
    [['constructor'], undefined],
    [['__proto__', 'toString'], undefined],
  ];
  test.each(cases)('%j', (path, found) => {
    expect(valueAt(value, path)).toEqual(found);
  });
});

describe('withValueAt', () => {
  const cases: readonly [string, JsonObject, ValuePath, JsonValue | undefined, JsonObject][] = [
    ['puts', {}, ['name'], 'shop', { name: 'shop' }],
    ['replaces', { name: 'shop', tags: [] }, ['name'], 'mall', { name: 'mall', tags: [] }],
    ['creates missing parents', {}, ['a', 1, 'b'], 2, { a: [null, { b: 2 }] }],
    ['removes a value', { name: 'shop', tags: [] }, ['name'], undefined, { tags: [] }],
    ['removes an item', { tags: ['a', 'b', 'c'] }, ['tags', 1], undefined, { tags: ['a', 'c'] }],
    ['keeps false', { isPublic: true }, ['isPublic'], false, { isPublic: false }],
  ];
  test.each(cases)('%s', (_, value, path, replacement, changed) => {
    const before = structuredClone(value);
    expect(withValueAt(value, path, replacement)).toEqual(changed);
    expect(value).toEqual(before);
  });

  test('creates an own property for the name of an inherited one', () => {
    const changed = withValueAt({}, ['__proto__', 'polluted'], true);
    expect(Object.keys(changed)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(changed)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });
});
