import { describe, expect, it } from 'vitest';
import { sortReferenceFields } from '../../../../../../src/features/catalog/core/processing/references';
import type { Entity } from '../../../../../../src/model';
import { KindRegistry } from '../../../../../../src/model/validation';

const inModel = KindRegistry.builtin().asInModel();

const anEntity = (kind: string, spec: Entity['spec']): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'x' },
  spec,
});

describe('Lists of refs', () => {
  it.each([
    ['Component', { dependsOn: ['b', 'a'] }, { dependsOn: ['a', 'b'] }],
    ['Component', { skills: ['b', 'a'] }, { skills: ['b', 'a'] }],
    ['Component', { dependsOn: ['b', 1] }, { dependsOn: ['b', 1] }],
    [
      'AiResource',
      { type: 'plugin', skills: ['b', 'a'], dependsOn: ['b', 'a'] },
      { type: 'plugin', skills: ['a', 'b'], dependsOn: ['b', 'a'] },
    ],
    [
      'AiResource',
      { type: 'skill', skills: ['b', 'a'], dependsOn: ['b', 'a'] },
      { type: 'skill', skills: ['b', 'a'], dependsOn: ['a', 'b'] },
    ],
    [
      'AiResource',
      { type: 'marketplace', plugins: ['b', 'a'] },
      { type: 'marketplace', plugins: ['a', 'b'] },
    ],
  ])('of a %s are sorted like in Backstage: %j', (kind, spec, expected) => {
    expect(sortReferenceFields(anEntity(kind, spec)).entity.spec).toEqual(expected);
  });

  it.each([
    ['Component', { dependsOn: ['b', 'a'], members: ['b', 'a'] }, { dependsOn: ['a', 'b'] }],
    ['API', { dependsOn: ['b', 'a'] }, {}],
    ['Template', { dependsOn: ['b', 'a'] }, {}],
    ['Custom', { dependsOn: ['b', 'a'] }, {}],
  ])('of a %s are sorted where a model has relations: %j', (kind, spec, sorted) => {
    const { entity } = sortReferenceFields(anEntity(kind, spec), inModel);
    expect(entity.spec).toEqual({ ...spec, ...sorted });
  });
});
