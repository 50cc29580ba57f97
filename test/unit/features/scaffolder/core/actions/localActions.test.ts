import { describe, expect, it } from 'vitest';
import { MemoryWorkspace } from '../../../../../../src/features/scaffolder/core';
import { localActions } from '../../../../../../src/features/scaffolder/core/actions/localActions';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import type { JsonObject } from '../../../../../../src/model';
import { runTemplate, WORKSPACE } from '../../../../../support/templateRuns';

/** Returns the output of an action that publishes or registers, in a workspace with this `catalog-info.yaml`. */
async function outputOf(action: string, input: JsonObject, descriptor?: string) {
  const workspace = new MemoryWorkspace(WORKSPACE);
  if (descriptor !== undefined) {
    workspace.writeFile('catalog-info.yaml', new TextEncoder().encode(descriptor));
  }
  const { steps, error } = await runTemplate({
    template: JSON.stringify({ steps: [{ id: 'a', action, input }] }),
    actions: localActions(defaultRepoHosts),
    workspace,
  });
  expect(error).toBeUndefined();
  return steps[0]?.output;
}

describe('Local publishing', () => {
  it.each([
    [
      'publish:github',
      'github.com?owner=acme&repo=shop',
      'https://github.com/acme/shop.git',
      'https://github.com/acme/shop/blob/main',
    ],
    [
      'publish:gitlab',
      'gitlab.com?owner=acme&repo=shop',
      'https://gitlab.com/acme/shop.git',
      'https://gitlab.com/acme/shop/-/blob/main',
    ],
    [
      'publish:bitbucketCloud',
      'bitbucket.org?workspace=acme&project=web&repo=shop',
      'https://bitbucket.org/acme/shop.git',
      'https://bitbucket.org/acme/shop/src/main',
    ],
    [
      'publish:azure',
      'dev.azure.com?organization=acme&project=web&repo=shop',
      'https://dev.azure.com/acme/web/_git/shop',
      'https://dev.azure.com/acme/web/_git/shop',
    ],
  ])('%s outputs the addresses of the host', async (action, repoUrl, remoteUrl, contents) => {
    expect(await outputOf(action, { repoUrl })).toEqual({
      remoteUrl,
      repoContentsUrl: contents,
    });
  });
});

describe('Local registration', () => {
  const register = (descriptor?: string, input: JsonObject = {}) =>
    outputOf(
      'catalog:register',
      { repoContentsUrl: 'https://github.com/acme/shop/blob/main', ...input },
      descriptor,
    );
  const catalogInfoUrl = 'https://github.com/acme/shop/blob/main/catalog-info.yaml';

  it('outputs the ref of the first entity', async () => {
    const entity = 'kind: API\nmetadata: { name: shop, namespace: web }\n';
    expect(await register(`${entity}---\nkind: Component\n`)).toEqual({
      entityRef: 'api:web/shop',
      catalogInfoUrl,
    });
  });

  it.each([
    ['is missing', undefined],
    ['has no metadata', 'kind: API\n'],
    ['has no valid name', 'kind: API\nmetadata: { name: 7 }\n'],
    ['is not YAML', 'kind: [\n'],
  ])('outputs no ref if the file %s', async (_, descriptor) => {
    expect(await register(descriptor)).toEqual({ catalogInfoUrl });
  });

  it('finds the file of an address that names none', async () => {
    const input = { catalogInfoUrl: 'https://acme.org/shop?id=1' };
    const descriptor = 'kind: API\nmetadata: { name: shop }\n';
    expect(await outputOf('catalog:register', input, descriptor)).toEqual({
      entityRef: 'api:default/shop',
      catalogInfoUrl: 'https://acme.org/shop?id=1',
    });
  });
});
