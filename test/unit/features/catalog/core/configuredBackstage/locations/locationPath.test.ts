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
])('normalizes %s to %s', (path, expected) => {
  expect(normalized(path)).toBe(expected);
});

it.each([
  ['/repo/catalog/all.yaml', './a.yaml', '/repo/catalog/a.yaml'],
  ['/repo/catalog/all.yaml', '../a.yaml', '/repo/a.yaml'],
  ['catalog/all.yaml', '../../a.yaml', '../a.yaml'],
  ['all.yaml', './a.yaml', 'a.yaml'],
  ['/repo/catalog/all.yaml', 'a.yaml', 'a.yaml'],
  ['/repo/catalog/all.yaml', '/a.yaml', '/a.yaml'],
])('resolves a target in %s, written %s, to %s', (location, written, target) => {
  expect(targetFrom(location, written)).toBe(target);
});

it.each([
  ['a.yaml', '/repo/packages/backend/a.yaml'],
  ['../../a.yaml', '/repo/a.yaml'],
  ['/a.yaml', '/a.yaml'],
])('resolves the configured target %s to %s', (target, path) => {
  expect(absoluteTarget(target, 'file:///repo/packages/backend')).toBe(path);
});
