import { expect, it } from 'vitest';
import { refPath } from '../../../../../../src/features/backstage/core';

it('encodes parts of refs and rejects path segments', () => {
  expect(refPath('component', 'default', 'a+b')).toBe('component/default/a%2Bb');
  for (const part of ['..', '.', '', 'a/b', 'a\\b']) {
    expect(() => refPath('component', part, 'x')).toThrow('is not valid in an entity ref');
  }
});
