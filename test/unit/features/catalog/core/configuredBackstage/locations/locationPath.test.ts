import { expect, it } from 'vitest';
import {
  absoluteTarget,
  normalized,
  targetFrom,
} from '../../../../../../../src/features/catalog/core/configuredBackstage/locations/locationPath';

it.each([
  ['/a/./b/../c', '/a/c'],
  ['/../a', '/a'],
  ['a/./b//c', 'a/b/c'],
  ['a/b/../c', 'a/c'],
  ['a/..', '.'],
  ['a/../..', '..'],
  ['../../a', '../../a'],
  ['../a/../b', '../b'],
  ['./', '.'],
])('writes %s as %s', (path, expected) => {
  expect(normalized(path)).toBe(expected);
});

it.each([
  ['/repo/catalog/all.yaml', './a.yaml', '/repo/catalog/a.yaml'],
  ['/repo/catalog/all.yaml', '../a.yaml', '/repo/a.yaml'],
  ['catalog/all.yaml', '../../a.yaml', '../a.yaml'],
  ['all.yaml', './a.yaml', 'a.yaml'],
  ['/repo/catalog/all.yaml', 'a.yaml', 'a.yaml'],
  ['/repo/catalog/all.yaml', '/a.yaml', '/a.yaml'],
])('reads a target in %s that is written %s as %s', (location, written, target) => {
  expect(targetFrom(location, written)).toBe(target);
});

it.each([
  ['a.yaml', '/repo/packages/backend/a.yaml'],
  ['../../a.yaml', '/repo/a.yaml'],
  ['/a.yaml', '/a.yaml'],
])('reads the configured target %s as %s', (target, path) => {
  expect(absoluteTarget(target, 'file:///repo/packages/backend')).toBe(path);
});
