import { describe, expect, it } from 'vitest';
import { aDescriptor, documents } from '../../../../../support/descriptors';
import { openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

const ownerless = (ref: string): string => aDescriptor(ref, { owner: undefined });

function opened(
  files: Readonly<Record<string, string>>,
  codeownersOwners: Readonly<Record<string, string>> = {},
): Promise<TestCatalog> {
  return openCatalog(files, { options: { ownerFromCodeowners: true, codeownersOwners } });
}

function ownerOf(catalog: TestCatalog, ref: string): unknown {
  return catalog.entity(ref)?.spec?.['owner'];
}

describe('An entity without an owner', () => {
  const files = {
    CODEOWNERS: '* @acme/everyone\n/a/ @acme/sales @jane\n',
    'a/catalog-info.yaml': ownerless('component:a'),
    'org.yaml': documents(aDescriptor('group:sales'), aDescriptor('group:everyone')),
  };

  it('has that of its file, with the relation, and tells where it comes from', async () => {
    const catalog = await opened(files);
    expect(ownerOf(catalog, 'component:default/a')).toBe('sales');
    expect(catalog.relations('component:default/a')).toEqual(['ownedBy group:default/sales']);
    expect(catalog.problems()).toMatchObject([
      {
        code: 'owner-from-codeowners',
        severity: 'hint',
        message: 'The owner is sales, by CODEOWNERS:2',
      },
    ]);
  });

  it('is an error where that is not switched on', async () => {
    const catalog = await openCatalog(files);
    expect(catalog.codes()).toEqual(['invalid-spec']);
  });

  it('is an error where nobody owns its file', async () => {
    const catalog = await opened({ ...files, CODEOWNERS: '/b/ @jane\n' });
    expect(catalog.codes()).toEqual(['invalid-spec']);
  });

  it('follows CODEOWNERS as it changes, comes and goes', async () => {
    const catalog = await opened(files);
    await catalog.write({ CODEOWNERS: '* @jane\n' });
    expect(ownerOf(catalog, 'component:default/a')).toBe('user:jane');
    await catalog.write({ '.github/CODEOWNERS': '* @acme/everyone\n' });
    expect(ownerOf(catalog, 'component:default/a')).toBe('everyone');
    await catalog.remove('.github', 'CODEOWNERS');
    expect(catalog.refs()).not.toContain('component:default/a');
    expect(catalog.codes()).toEqual(['invalid-spec']);
  });

  it('has the owner that settings say', async () => {
    const catalog = await opened(files, { '@acme/sales': 'group:everyone' });
    expect(ownerOf(catalog, 'component:default/a')).toBe('group:everyone');
  });

  it('of another repository has the owner there', async () => {
    const catalog = await opened({
      ...files,
      'inner/.git/HEAD': '',
      'inner/.github/CODEOWNERS': '/b.yaml @inner\n',
      'inner/b.yaml': ownerless('api:b'),
    });
    expect(ownerOf(catalog, 'api:default/b')).toBe('user:inner');
  });
});

describe('An entity', () => {
  it('keeps the owner that it names, and kinds without one stay without', async () => {
    const catalog = await opened({
      CODEOWNERS: '* @jane\n',
      'a.yaml': aDescriptor('component:a', { owner: 'team' }),
      'org.yaml': documents(aDescriptor('group:team'), aDescriptor('user:jane')),
    });
    expect(ownerOf(catalog, 'component:default/a')).toBe('team');
    expect(ownerOf(catalog, 'group:default/team')).toBeUndefined();
    expect(catalog.problems()).toEqual([]);
  });

  it('whose spec is none is left to validation', async () => {
    const catalog = await opened({
      CODEOWNERS: '* @jane\n',
      'a.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\nspec: x\n',
    });
    expect(catalog.codes()).toEqual(['invalid-metadata']);
  });
});
