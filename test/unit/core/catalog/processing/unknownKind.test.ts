import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../../../support/testCatalog';

const customKinds = [{ kind: 'Cluster', apiVersions: ['acme.example/v1'] }];

async function suggestions(apiVersion: string, kind: string): Promise<readonly string[]> {
  const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: a\nspec: {}\n`;
  const catalog = await openCatalog({ 'catalog-info.yaml': text }, { options: { customKinds } });
  expect(catalog.codes()).toEqual(['unknown-kind']);
  return catalog.problems()[0]?.suggestions ?? [];
}

describe('A kind that nobody knows', () => {
  it.each([
    ['backstage.io/v1alpha1', 'Compnent', ['Component']],
    ['backstage.io/v1alpha1', 'component', ['Component']],
    ['backstage.io/v1beta1', 'Sytsem', ['System']],
    ['backstage.io/v1alpha1', 'Apis', ['API']],
    ['backstage.io/v1alpha1', 'Service', []],
    ['scaffolder.backstage.io/v1beta3', 'Tempalte', ['Template']],
    ['acme.example/v1', 'Clutser', ['Cluster']],
    // The version is the next thing to be mended.
    ['backstage.io/v1alpha1', 'Clutser', ['Cluster']],
    ['backstage.io/v1alpha1', 'K'.repeat(63), []],
  ])('%s %s may mean %j', async (apiVersion, kind, meant) => {
    expect(await suggestions(apiVersion, kind)).toEqual(meant);
  });

  it.each([
    ['backstage.io/v1', 'Component', ['backstage.io/v1alpha1', 'backstage.io/v1beta1']],
    ['backstage.io/v1beta3', 'Template', ['scaffolder.backstage.io/v1beta3']],
    ['acme.example/v2', 'Cluster', ['acme.example/v1']],
  ])('%s %s is to be of %j', async (apiVersion, kind, meant) => {
    expect(await suggestions(apiVersion, kind)).toEqual(meant);
  });
});
