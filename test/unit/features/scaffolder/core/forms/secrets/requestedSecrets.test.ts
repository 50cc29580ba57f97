import { describe, expect, it } from 'vitest';
import { emptyForm, requestedSecrets } from '../../../../../../../src/features/scaffolder/core';
import { resolveForm } from '../../../../../../../src/features/scaffolder/core/forms/resolveForm';
import { defaultRepoHosts } from '../../../../../../../src/features/scm/core/forges';
import type { JsonObject } from '../../../../../../../src/model';

const wanting = (secretsKey: string): JsonObject => ({ requestUserCredentials: { secretsKey } });

const field = (kind: string, options: JsonObject): JsonObject => ({
  type: 'string',
  'ui:field': kind,
  'ui:options': options,
});

function wantedBy(properties: JsonObject, values: JsonObject = {}): readonly unknown[] {
  const state = { ...emptyForm, values };
  return requestedSecrets(
    resolveForm({ parameters: { properties }, state, hosts: defaultRepoHosts }),
  );
}

describe('access that a form asks for', () => {
  it('is that to the host of what is filled in, under the name that steps know', () => {
    expect(
      wantedBy(
        {
          repoUrl: field('RepoUrlPicker', wanting('TOKEN')),
          owner: field('RepoOwnerPicker', { ...wanting('OTHER'), host: 'gitlab.com' }),
          branch: field('RepoBranchPicker', wanting('BRANCH')),
          again: field('RepoUrlPicker', { ...wanting('TOKEN'), allowedHosts: ['gitlab.com'] }),
          not: field('RepoUrlPicker', {}),
        },
        { repoUrl: 'github.com?owner=acme&repo=shop' },
      ),
    ).toEqual([
      { name: 'TOKEN', host: 'github.com' },
      { name: 'OTHER', host: 'gitlab.com' },
      { name: 'BRANCH', host: 'github.com' },
    ]);
  });

  it('is found in groups and lists, and not where nothing is named', () => {
    const inside = field('RepoUrlPicker', wanting('INSIDE'));
    const list = { type: 'array', items: field('RepoUrlPicker', wanting('ITEM')) };
    expect(
      wantedBy(
        {
          group: { type: 'object', properties: { inside } },
          list,
          branch: field('RepoBranchPicker', wanting('NOWHERE')),
          nameless: field('RepoUrlPicker', { requestUserCredentials: { secretsKey: '' } }),
          wrong: field('RepoUrlPicker', { requestUserCredentials: 'TOKEN' }),
        },
        { group: { inside: 'github.com?' }, list: ['gitlab.com?owner=a&repo=b'] },
      ),
    ).toEqual([
      { name: 'INSIDE', host: 'github.com' },
      { name: 'ITEM', host: 'gitlab.com' },
    ]);
  });
});
