import { describe, expect, it } from 'vitest';
import type { CatalogSourceInfo } from '../../../../../src/api';
import { english } from '../../../../../src/base';
import { selectableKinds } from '../../../../../src/features/sources/plugin';
import { aSource } from '../../../../support/sourceInfo';

function rows(info: Partial<CatalogSourceInfo>): readonly string[] {
  return selectableKinds(aSource(info), english).map(({ kind, isAllowed, description }) =>
    [isAllowed ? '[x]' : '[ ]', kind, description].join(' ').trim(),
  );
}

describe('selectable kinds of a source', () => {
  it('are those it has but may not add, then other restricted ones', () => {
    expect(rows({ notAllowed: [{ kind: 'User', entities: 1 }] })).toEqual([
      '[ ] User 1 entity not allowed',
      '[ ] Template',
      '[ ] Group',
    ]);
  });

  it('are selected if the source may add them', () => {
    expect(rows({ allow: ['*', '!Group'] })).toEqual(['[x] Template', '[ ] Group', '[x] User']);
    expect(rows({ allow: ['*'] })).toEqual(['[x] Template', '[x] Group', '[x] User']);
  });

  it('of a Backstage are listed kinds and kinds not allowed', () => {
    const type = 'backstage';
    expect(rows({ type, allow: ['*'] })).toEqual([]);
    const notAllowed = [{ kind: 'API', entities: 2 }];
    expect(rows({ type, allow: ['Component'], notAllowed })).toEqual([
      '[ ] API 2 entities not allowed',
      '[x] Component',
    ]);
  });
});
