import { expect, it } from 'vitest';
import { shownValues } from '../../../../../../src/features/scaffolder/core/actions/fetchTemplate';

it.each([
  [undefined, ''],
  [{}, ''],
  [{ b: [{ d: 1, c: null }], a: 'x' }, ' {"a":"x","b":[{"c":null,"d":1}]}'],
  [{ level: 5, splat: 1 }, ''],
  [{ level: 'info', a: 1 }, ' {"a":1}'],
  [{ message: 'hello', a: 1 }, ' hello {"a":1}'],
  [{ message: ['a', null, { b: 1 }] }, ' a,,[object Object]'],
])('formats %j as %j', (values, expected) => {
  expect(shownValues(values)).toBe(expected);
});
