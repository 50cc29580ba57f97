import { describe, expect, it } from 'vitest';
import {
  entityChoices,
  tagChoices,
} from '../../../../../../src/features/scaffolder/core/forms/formChoices';
import { openCatalog } from '../../../../../support/testCatalog';

const entity = (kind: string, name: string, fields: string): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}, ${fields} }\n`;
const component = (name: string, fields: string, spec: string): string =>
  `${entity('Component', name, fields)}spec: { lifecycle: production, ${spec} }\n`;

const { engine: catalog } = await openCatalog({
  'catalog-info.yaml': [
    component('shop', 'title: Web shop, tags: [web, java]', 'type: website, owner: team-a'),
    component('api', 'tags: [java]', 'type: service, owner: team-b'),
    `${entity('Group', 'team-a', 'title: Alpha')}spec: { type: team, children: [] }\n`,
    `${entity('Group', 'team-b', 'tags: [go]')}spec: { type: team, children: [] }\n`,
  ].join('---\n'),
});
const deps = { catalog, ownershipRefs: ['user:default/ada', 'group:default/team-a'] };
type Options = Parameters<typeof entityChoices>[0];
const all: Options = { scope: 'all', allowArbitraryValues: true };
const refs = (options: Partial<Options>): readonly string[] =>
  entityChoices({ ...all, ...options }, deps).map(({ value }) => value);

describe('Choices of an entity picker', () => {
  it('are sorted by title', () => {
    expect(entityChoices(all, deps)).toMatchObject([
      { value: 'group:default/team-a', title: 'Alpha', description: 'group:default/team-a' },
      { value: 'component:default/shop', title: 'Web shop' },
      { value: 'component:default/api', title: 'api' },
      { value: 'group:default/team-b', title: 'team-b' },
    ]);
  });

  it('are the own groups, or entities that the user or a group of the user owns', () => {
    expect(refs({ scope: 'mine' })).toEqual(['group:default/team-a']);
    expect(refs({ scope: 'owned' })).toEqual(['component:default/shop']);
  });

  it.each([
    [[{ kind: 'Group' }], ['group:default/team-a', 'group:default/team-b']],
    [[{ kind: ['Component'], 'spec.type': 'website' }], ['component:default/shop']],
    [[{ 'metadata.title': { exists: true } }], ['group:default/team-a', 'component:default/shop']],
    [
      [{ 'spec.type': 'website' }, { 'spec.type': 'service' }],
      ['component:default/shop', 'component:default/api'],
    ],
  ])('match the filter %j', (catalogFilter, expected) => {
    expect(refs({ catalogFilter })).toEqual(expected);
  });
});

it('tags are sorted by their number, then by name', () => {
  expect(tagChoices({ showCounts: true }, { catalog })).toEqual([
    { tag: 'java', count: 2 },
    { tag: 'go', count: 1 },
    { tag: 'web', count: 1 },
  ]);
  const kinds = ['Group'];
  expect(tagChoices({ kinds, showCounts: true }, { catalog })).toEqual([{ tag: 'go', count: 1 }]);
});
