import { describe, expect, it } from 'vitest';
import { addedBySecrets } from '../../../../../../src/features/scaffolder/core/rendering/redactions';

describe('what secrets bring into a value', () => {
  it('is every text that is another without them', () => {
    expect(
      addedBySecrets(
        { a: 'token', b: ['plain', 'Bearer token'], c: { d: 'same' }, e: 5 },
        { a: '', b: ['plain', 'Bearer '], c: { d: 'same' }, e: 6 },
      ),
    ).toEqual({ values: ['token', 'Bearer token'], keys: [] });
  });

  it('is all behind a key that is not there without them, and the key', () => {
    expect(addedBySecrets({ token: { deep: ['x', { y: 'z' }] } }, {})).toEqual({
      values: ['x', 'z'],
      keys: ['token', 'deep', 'y'],
    });
  });

  it('is all of what is something else without them', () => {
    expect(addedBySecrets(['a'], 'a')).toEqual({ values: ['a'], keys: [] });
    expect(addedBySecrets({ toString: 'a' }, {})).toEqual({ values: ['a'], keys: ['toString'] });
    expect(addedBySecrets('a', undefined).values).toEqual(['a']);
    expect(addedBySecrets(null, 'a').values).toEqual([]);
  });
});
