import { describe, expect, it } from 'vitest';
import { aDescriptor } from '../../../../../support/descriptors';
import { importing } from './importing';

async function listed(
  files: Readonly<Record<string, string>>,
  options?: Parameters<typeof importing>[1],
): Promise<readonly string[]> {
  return (await importing(files, options)).listed();
}

describe('Import candidates', () => {
  it('are found by their files', async () => {
    expect(
      await listed({
        'a/package.json': '{}',
        'b/go.mod': '',
        'c/pom.xml': '',
        'd/build.gradle.kts': '',
        'e/Cargo.toml': '',
        'f/pyproject.toml': '',
        'g/setup.py': '',
        'h/Shop.Web.csproj': '',
        'i/Dockerfile': '',
        'j/Chart.yaml': '',
        'k/openapi.yaml': '',
        'l/orders.asyncapi.json': '',
        'm/schema.graphql': '',
        'n/orders.proto': '',
        'o/mkdocs.yml': '',
        'p/.git/HEAD': '',
        'p/README.md': '',
        'q/notes.txt': '',
      }),
    ).toEqual([
      '+ a: npm',
      '+ b: go',
      '+ c: maven',
      '+ d: gradle',
      '+ e: cargo',
      '+ f: python',
      '+ g: python',
      '+ h: dotnet',
      '+ i: docker',
      '+ j: helm',
      '+ k: openapi',
      '+ l: asyncapi',
      '+ m: graphql',
      '+ n: grpc',
      '+ o: mkdocs',
      '+ p: git',
    ]);
  });

  it("include evidence from subfolders that aren't candidates", async () => {
    expect(
      await listed({
        'a/package.json': '{}',
        'a/Dockerfile': '',
        'a/deploy/Dockerfile': '',
        'a/charts/a/Chart.yaml': '',
        'a/api/v1/openapi.yaml': '',
        'b/docker/Dockerfile': '',
      }),
    ).toEqual(['+ a: npm docker docker helm openapi', '+ b/docker: docker']);
  });

  it('of a repository with packages include its root unselected', async () => {
    expect(
      await listed({
        '.git/HEAD': '',
        'package.json': '{}',
        'api/openapi.yaml': '',
        'packages/a/package.json': '{}',
      }),
    ).toEqual(['- .: npm openapi git', '+ packages/a: npm']);
  });

  it('exclude described, third-party and ignored folders and deselect fixtures', async () => {
    expect(
      await listed({
        'a/package.json': '{}',
        'a/catalog-info.yaml': aDescriptor('component:a'),
        'b/package.json': '{}',
        'b/service.yaml': aDescriptor('component:b'),
        'c/package.json': '{}',
        'c/catalog-info.yaml': 'kind: [',
        'd/package.json': '{}',
        'd/org.yaml': aDescriptor('group:d'),
        'node_modules/x/package.json': '{}',
        'vendor/x/go.mod': '',
        'test/fixtures/x/package.json': '{}',
        'templates/x/skeleton/package.json': '{}',
        'ignored/package.json': '{}',
        '.gitignore': '/ignored/',
      }),
    ).toEqual(['+ d: npm', '- test/fixtures/x: npm']);
  });

  it('name the descriptor that may cover them', async () => {
    expect(
      await listed({
        'catalog-info.yaml': aDescriptor('component:all'),
        'a/package.json': '{}',
        'b/package.json': '{}',
        'b/.backstage/component.yaml': aDescriptor('component:b'),
        'c/.git/HEAD': '',
        'c/go.mod': '',
        'c/deep/go.mod': '',
      }),
    ).toEqual([
      '- a: npm covered by catalog-info.yaml',
      '- b: npm covered by catalog-info.yaml',
      '- c: go git',
      '+ c/deep: go',
    ]);
    expect(
      await listed({
        'catalog-info.yaml': aDescriptor('location:all'),
        'a/package.json': '{}',
        'b/package.json': '{}',
        'b/.backstage/component.yaml': aDescriptor('component:b'),
      }),
    ).toEqual(['+ a: npm', '- b: npm covered by b/.backstage/component.yaml']);
  });

  it('of several workspace folders are prefixed with their folder', async () => {
    expect(
      await listed({ '/one/go.mod': '', '/two/a/go.mod': '' }, { roots: ['one', 'two'] }),
    ).toEqual(['+ one: go', '+ two/a: go']);
    expect(
      await listed({ '/one/go.mod': '', '/one/two/go.mod': '' }, { roots: ['one', 'one/two'] }),
    ).toEqual(['+ one: go', '+ one/two: go']);
  });

  it('exclude folders excluded by settings', async () => {
    expect(
      await listed(
        { 'a/go.mod': '', 'b/go.mod': '' },
        { settings: { 'callboard.catalog.exclude': ['b'] } },
      ),
    ).toEqual(['+ a: go']);
  });

  it('are no longer searched after an abort', async () => {
    const { importer } = await importing({ 'a/go.mod': '' });
    await expect(importer.findCandidates({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
