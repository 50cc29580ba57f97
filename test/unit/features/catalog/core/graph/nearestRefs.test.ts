import { expect, it } from 'vitest';
import { NearestRefs } from '../../../../../../src/features/catalog/core/shared';
import { type CompoundEntityRef, parseEntityRef } from '../../../../../../src/model';

const context: Context = { defaultKind: 'Group', defaultNamespace: 'default' };

interface Context {
  readonly defaultKind?: string;
  readonly defaultNamespace: string;
}

function aSearch(...refs: readonly string[]) {
  const spelled = new Map<string, CompoundEntityRef>();
  const nearest = new NearestRefs(ref => spelled.get(ref) ?? parseEntityRef(ref));
  for (const ref of refs) nearest.add(ref);
  const find = (ref: string, where = context): readonly string[] =>
    nearest.find(parseEntityRef(ref), where);
  return { nearest, spelled, find };
}

it('updates when a ref is added, deleted or respelled', () => {
  const { nearest, spelled, find } = aSearch('group:default/teams');
  expect(find('group:default/team')).toEqual(['teams']);
  nearest.add('group:default/tea');
  expect(find('group:default/team')).toEqual(['tea', 'teams']);
  nearest.delete('group:default/teams');
  expect(find('group:default/team')).toEqual(['tea']);
  spelled.set('group:default/tea', { kind: 'Group', namespace: 'default', name: 'Tea' });
  nearest.add('group:default/tea');
  expect(find('group:default/team')).toEqual(['Tea']);
});

it('distinguishes results by field context', () => {
  const { find } = aSearch('group:default/team', 'user:other/team');
  expect(find('group:other/team')).toEqual(['team']);
  expect(find('group:other/team', { ...context, defaultNamespace: 'other' })).toEqual([
    'default/team',
  ]);
  expect(find('group:other/team', { defaultNamespace: 'default' })).toEqual([
    'group:team',
    'user:other/team',
  ]);
});

it('limits its cache', () => {
  const { find } = aSearch('group:default/team');
  for (let index = 0; index < 25_000; index++) find(`group:default/n${index}`);
  expect(find('group:default/team')).toEqual(['team']);
});
