import { describe, expect, it } from 'vitest';
import { english } from '../../../../src/base';
import { builtinRelationRules } from '../../../../src/model';
import { compareRelationTypes, relationLabel } from '../../../../src/model/presentation';

describe('relationLabel', () => {
  it('returns a title for every relation of the model', () => {
    const types = builtinRelationRules.flatMap(({ type, inverse }) => [type, inverse]);
    const labels = [...new Set(types)]
      .sort(compareRelationTypes)
      .map(type => relationLabel(type, english));
    expect(labels).toEqual([
      'Owned by',
      'Part of',
      'Member of',
      'Child of',
      'Parent of',
      'Has member',
      'Has part',
      'Provides API',
      'Consumes API',
      'Depends on',
      'API provided by',
      'API consumed by',
      'Dependency of',
      'Owner of',
    ]);
  });

  it('makes words of custom relations, which come after the built-in ones', () => {
    expect(relationLabel('deployedTo', english)).toBe('Deployed to');
    expect(relationLabel('on-call_for', english)).toBe('On call for');
    expect(['zFor', 'aFor', 'ownerOf'].sort(compareRelationTypes)).toEqual([
      'ownerOf',
      'aFor',
      'zFor',
    ]);
  });
});
