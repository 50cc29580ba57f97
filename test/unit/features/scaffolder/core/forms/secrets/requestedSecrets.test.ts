import { describe, expect, it } from 'vitest';
import { emptyForm, requestedSecrets } from '../../../../../../../src/features/scaffolder/core';
import { resolveForm } from '../../../../../../../src/features/scaffolder/core/forms/resolveForm';
import { defaultRepoHosts } from '../../../../../../../src/features/scm/core/forges';
import type { JsonObject } from '../../../../../../../src/model';

const requesting = (secretsKey: string): JsonObject => ({ requestUserCredentials: { secretsKey } });

const field = (kind: string, options: JsonObject): JsonObject => ({
  type: 'string',
  'ui:field': kind,
  'ui:options': options,
});

function requestedBy(properties: JsonObject, values: JsonObject = {}): readonly unknown[] {
  const state = { ...emptyForm, values };
  return requestedSecrets(
    resolveForm({ parameters: { properties }, state, hosts: defaultRepoHosts }),
  );
}

describe('access requested by a form', () => {
  it('is for the selected host, under the name of the secret', () => {
    expect(
      requestedBy(
        {
          repoUrl: field('RepoUrlPicker', requesting('TOKEN')),
          owner: field('RepoOwnerPicker', { ...requesting('OTHER'), host: 'gitlab.com' }),
          branch: field('RepoBranchPicker', requesting('BRANCH')),
          again: field('RepoUrlPicker', { ...requesting('TOKEN'), allowedHosts: ['gitlab.com'] }),
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

  it('is found in groups and lists, and not without a name', () => {
    const inside = field('RepoUrlPicker', requesting('INSIDE'));
    const list = { type: 'array', items: field('RepoUrlPicker', requesting('ITEM')) };
    expect(
      requestedBy(
        {
          group: { type: 'object', properties: { inside } },
          list,
          branch: field('RepoBranchPicker', requesting('NOWHERE')),
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
