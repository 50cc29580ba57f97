import { describe, expect, it } from 'vitest';
import { english } from '../../../../src/base';
import { dependentsOf } from '../../../../src/plugins/catalog';
import { builtinRelationRules } from '../../../../src/model';
import { anEntity, InMemoryCatalog } from '../../../support/inMemoryCatalog';
import { compareRelationTypes, relationLabel } from '../../../../src/model/presentation';

describe('dependentsOf', () => {
  it('is whatever points to an entity, by relation, and not what it points to', () => {
    const catalog = new InMemoryCatalog({
      entities: [
        anEntity('Component:a', { owner: 'team', system: 's', dependsOn: ['component:b'] }),
        anEntity('Component:b', { owner: 'team', dependsOn: ['resource:db'] }),
        anEntity('Component:c', { dependsOn: ['component:b'], subcomponentOf: 'b' }),
      ],
    });
    expect(dependentsOf(catalog, 'component:default/b', english)).toEqual([
      { relation: 'hasPart', label: 'Has part', refs: ['component:default/c'] },
      {
        relation: 'dependencyOf',
        label: 'Dependency of',
        refs: ['component:default/a', 'component:default/c'],
      },
    ]);
    expect(dependentsOf(catalog, 'component:default/a', english)).toEqual([]);
    expect(dependentsOf(catalog, 'group:default/team', english).map(({ label }) => label)).toEqual([
      'Owner of',
    ]);
  });
});

describe('relationLabel', () => {
  it('has a title for every relation of the model', () => {
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

  it('makes words of relations of somebody’s own, after the known ones', () => {
    expect(relationLabel('deployedTo', english)).toBe('Deployed to');
    expect(relationLabel('on-call_for', english)).toBe('On call for');
    expect(['zFor', 'aFor', 'ownerOf'].sort(compareRelationTypes)).toEqual([
      'ownerOf',
      'aFor',
      'zFor',
    ]);
  });
});
