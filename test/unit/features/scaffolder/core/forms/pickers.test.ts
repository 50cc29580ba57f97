import { describe, expect, test } from 'vitest';
import { emptyForm, type FormField } from '../../../../../../src/features/scaffolder/core';
import { resolveForm } from '../../../../../../src/features/scaffolder/core/forms/resolveForm';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import type { JsonObject, JsonValue } from '../../../../../../src/model';

function fieldOf(kind: string, options: JsonObject, value?: JsonValue): FormField {
  const x = { type: 'string', 'ui:field': kind, 'ui:options': options };
  const state = value === undefined ? emptyForm : { ...emptyForm, values: { x: value } };
  const { pages } = resolveForm({
    parameters: { properties: { x } },
    state,
    hosts: defaultRepoHosts,
  });
  const [field] = pages[0]?.fields ?? [];
  if (!field) throw new Error('There is no field');
  return field;
}

describe('entity pickers have the options of Backstage', () => {
  const all = { scope: 'all', allowArbitraryValues: true };
  const cases: readonly (readonly [string, JsonObject, object])[] = [
    ['EntityPicker', {}, all],
    ['EntityPicker', { allowedKinds: ['API'] }, { ...all, catalogFilter: [{ kind: ['API'] }] }],
    [
      'EntityPicker',
      { catalogFilter: { 'spec.type': 'x' }, defaultKind: 'API', defaultNamespace: false },
      { ...all, catalogFilter: [{ 'spec.type': 'x' }], defaultKind: 'API' },
    ],
    [
      'OwnerPicker',
      {},
      { ...all, catalogFilter: [{ kind: ['Group', 'User'] }], defaultKind: 'Group' },
    ],
    [
      'OwnerPicker',
      { allowedKinds: ['Group'], allowArbitraryValues: false, defaultNamespace: 'acme' },
      {
        scope: 'all',
        allowArbitraryValues: false,
        defaultNamespace: 'acme',
        catalogFilter: [{ kind: ['Group'] }],
        defaultKind: 'Group',
      },
    ],
    ['MyGroupsPicker', {}, { scope: 'mine', allowArbitraryValues: false }],
    [
      'OwnedEntityPicker',
      { catalogFilter: [{ 'spec.type': 'x' }], allowedKinds: ['API'] },
      { ...all, scope: 'owned', catalogFilter: [{ 'spec.type': 'x', kind: ['API'] }] },
    ],
  ];
  test.each(cases)('%s %j', (kind, options, picker) => {
    expect(fieldOf(kind, options).control).toEqual({ type: 'entity', picker });
  });
});

describe('RepoUrlPicker', () => {
  test.each<readonly [string, JsonObject, JsonValue | undefined, string]>([
    ['begins with the first host', {}, undefined, 'github.com?'],
    [
      'begins with the first of all that is allowed',
      { allowedHosts: ['gitlab.com'], allowedOwners: ['acme', 'b'], allowedRepos: ['shop'] },
      undefined,
      'gitlab.com?owner=acme&repo=shop',
    ],
    [
      'keeps the current value',
      { allowedOwners: ['acme'] },
      'github.com?owner=me&repo=shop',
      'github.com?owner=me&repo=shop',
    ],
    [
      'uses owners as workspaces on Bitbucket',
      { allowedHosts: ['bitbucket.org'], allowedOwners: ['acme'] },
      undefined,
      'bitbucket.org?owner=acme&workspace=acme',
    ],
  ])('%s', (_, options, value, filled) => {
    expect(fieldOf('RepoUrlPicker', options, value).value).toBe(filled);
  });

  test.each([
    ['github.com?', ['host', 'owner', 'repo']],
    ['gitlab.com?', ['host', 'owner', 'repo']],
    ['bitbucket.org?', ['host', 'workspace', 'project', 'repo']],
    ['dev.azure.com?', ['host', 'organization', 'project', 'repo']],
    ['git.acme.example?', ['host', 'owner', 'repo']],
  ])('has parts on %s: %j', (value, names) => {
    const { control } = fieldOf('RepoUrlPicker', {}, value);
    expect(control.type === 'repoUrl' && control.parts.map(({ name }) => name)).toEqual(names);
  });

  test('uses the labels of the template', () => {
    const { control } = fieldOf('RepoUrlPicker', { ownerLabel: 'Team', allowedOwners: ['a'] });
    expect(control).toMatchObject({ parts: [{}, { title: 'Team', options: ['a'] }, {}] });
  });
});

test.each([
  ['EntityTagsPicker', []],
  ['RepoBranchPicker', ''],
  ['RepoOwnerPicker', ''],
  ['EntityNamePicker', undefined],
])('%s has the default %j', (kind, value) => {
  expect(fieldOf(kind, {}).value).toEqual(value);
});
