import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../../../src/model';
import { openCatalog } from '../../../../../support/testCatalog';

const customKinds = [{ kind: 'Cluster', apiVersions: ['acme.example/v1'] }];

async function problemOf(
  apiVersion: string,
  kind: string,
  path = 'catalog-info.yaml',
): Promise<Problem | undefined> {
  const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: a\nspec: {}\n`;
  const catalog = await openCatalog({ [path]: text }, { options: { customKinds } });
  return catalog.problems()[0];
}

async function suggestions(apiVersion: string, kind: string): Promise<readonly string[]> {
  const problem = await problemOf(apiVersion, kind);
  expect(problem?.code).toEqual('unknown-kind');
  return problem?.suggestions ?? [];
}

describe('Unknown kind', () => {
  it.each([
    ['backstage.io/v1alpha1', 'Compnent', ['Component']],
    ['backstage.io/v1alpha1', 'component', ['Component']],
    ['backstage.io/v1beta1', 'Sytsem', ['System']],
    ['backstage.io/v1alpha1', 'Apis', ['API']],
    ['backstage.io/v1alpha1', 'Service', []],
    ['scaffolder.backstage.io/v1beta3', 'Tempalte', ['Template']],
    ['acme.example/v1', 'Clutser', ['Cluster']],
    // Fixing the version is the next step.
    ['backstage.io/v1alpha1', 'Clutser', ['Cluster']],
    ['backstage.io/v1alpha1', 'K'.repeat(63), []],
  ])('%s %s gets the suggestions %j', async (apiVersion, kind, meant) => {
    expect(await suggestions(apiVersion, kind)).toEqual(meant);
  });

  it.each([
    ['backstage.io/v1', 'Component', ['backstage.io/v1alpha1', 'backstage.io/v1beta1']],
    ['backstage.io/v1beta3', 'Template', ['scaffolder.backstage.io/v1beta3']],
    ['acme.example/v2', 'Cluster', ['acme.example/v1']],
  ])('%s %s gets the apiVersions %j', async (apiVersion, kind, meant) => {
    expect(await suggestions(apiVersion, kind)).toEqual(meant);
  });

  it.each([
    ['backstage.io/v1alpha', 'Component'],
    ['backstage.io/v1beta2', 'API'],
    ['scaffolder.backstage.io/v1beta2', 'Template'],
    ['backstage.io/v1alpha1', 'Componnent'],
    ['acme.example/v1', 'Clutser'],
  ])('%s %s is an error because it is nearly right', async (apiVersion, kind) => {
    expect((await problemOf(apiVersion, kind))?.severity).toBe('error');
  });

  it('is a warning when a Backstage may know it', async () => {
    expect(await problemOf('acme.backstage.io/v1', 'Package')).toMatchObject({
      severity: 'warning',
      cause: { subject: 'Package', apiVersion: 'acme.backstage.io/v1' },
    });
  });

  it.each(['backstag.io/v1alpha1', 'backstage/v1alpha1', 'backstage.com/v1alpha1'])(
    "is an error with the apiVersion %s, which resembles Backstage's",
    async apiVersion => {
      expect(await problemOf(apiVersion, 'Component')).toMatchObject({
        code: 'unknown-kind',
        severity: 'error',
      });
    },
  );

  it.each([
    ['backstage.com/v1alpha1', 'Component'],
    ['backstag.io/v1alpha1', 'Component'],
    ['"Backstage.io/v1alpha1"', 'System'],
    ['scafolder.bakstage.io/v1beta3', 'Template'],
    ['acme.exmaple/v1', 'Cluster'],
  ])('is reported in files of any name: %s %s', async (apiVersion, kind) => {
    const problem = await problemOf(apiVersion, kind, 'services/orders.yaml');
    expect(problem?.severity).toBe('error');
  });

  it.each([
    ['dapr.io/v1alpha1', 'Component'],
    ['user.openshift.io/v1', 'Group'],
    ['apps/v1', 'Deployment'],
  ])("isn't reported for other Kubernetes resources: %s %s", async (apiVersion, kind) => {
    const text = `# backstage\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: a\n`;
    expect((await openCatalog({ 'manifest.yaml': text })).problems()).toEqual([]);
  });
});
