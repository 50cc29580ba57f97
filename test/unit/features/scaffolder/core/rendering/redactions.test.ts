import { describe, expect, it } from 'vitest';
import { addedBySecrets } from '../../../../../../src/features/scaffolder/core/rendering/redactions';

describe('texts added by secrets', () => {
  it('are all texts that differ without secrets', () => {
    expect(
      addedBySecrets(
        { a: 'token', b: ['plain', 'Bearer token'], c: { d: 'same' }, e: 5 },
        { a: '', b: ['plain', 'Bearer '], c: { d: 'same' }, e: 6 },
      ),
    ).toEqual({ values: ['token', 'Bearer token'], keys: [] });
  });

  it('are all texts and keys below a key that is missing without secrets', () => {
    expect(addedBySecrets({ token: { deep: ['x', { y: 'z' }] } }, {})).toEqual({
      values: ['x', 'z'],
      keys: ['token', 'deep', 'y'],
    });
  });

  it('are all texts of a value of another type', () => {
    expect(addedBySecrets(['a'], 'a')).toEqual({ values: ['a'], keys: [] });
    expect(addedBySecrets({ toString: 'a' }, {})).toEqual({ values: ['a'], keys: ['toString'] });
    expect(addedBySecrets('a', undefined).values).toEqual(['a']);
    expect(addedBySecrets(null, 'a').values).toEqual([]);
  });
});
