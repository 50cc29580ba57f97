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

describe('Entity without an owner', () => {
  const files = {
    CODEOWNERS: '* @acme/everyone\n/a/ @acme/sales @jane\n',
    'a/catalog-info.yaml': ownerless('component:a'),
    'org.yaml': documents(aDescriptor('group:sales'), aDescriptor('group:everyone')),
  };

  it('gets its owner and relation from CODEOWNERS, with a hint', async () => {
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

  it('is invalid unless the setting is on', async () => {
    const catalog = await openCatalog(files);
    expect(catalog.codes()).toEqual(['invalid-spec']);
  });

  it('is invalid if its file has no owner', async () => {
    const catalog = await opened({ ...files, CODEOWNERS: '/b/ @jane\n' });
    expect(catalog.codes()).toEqual(['invalid-spec']);
  });

  it('follows changes of CODEOWNERS', async () => {
    const catalog = await opened(files);
    await catalog.write({ CODEOWNERS: '* @jane\n' });
    expect(ownerOf(catalog, 'component:default/a')).toBe('user:jane');
    await catalog.write({ '.github/CODEOWNERS': '* @acme/everyone\n' });
    expect(ownerOf(catalog, 'component:default/a')).toBe('everyone');
    await catalog.remove('.github', 'CODEOWNERS');
    expect(catalog.refs()).not.toContain('component:default/a');
    expect(catalog.codes()).toEqual(['invalid-spec']);
  });

  it('uses the owner mapping of settings', async () => {
    const catalog = await opened(files, { '@acme/sales': 'group:everyone' });
    expect(ownerOf(catalog, 'component:default/a')).toBe('group:everyone');
  });

  it('uses CODEOWNERS of its own repository', async () => {
    const catalog = await opened({
      ...files,
      'inner/.git/HEAD': '',
      'inner/.github/CODEOWNERS': '/b.yaml @inner\n',
      'inner/b.yaml': ownerless('api:b'),
    });
    expect(ownerOf(catalog, 'api:default/b')).toBe('user:inner');
  });
});

describe('Entity and CODEOWNERS', () => {
  it('keeps its own owner, and kinds without owner get none', async () => {
    const catalog = await opened({
      CODEOWNERS: '* @jane\n',
      'a.yaml': aDescriptor('component:a', { owner: 'team' }),
      'org.yaml': documents(aDescriptor('group:team'), aDescriptor('user:jane')),
    });
    expect(ownerOf(catalog, 'component:default/a')).toBe('team');
    expect(ownerOf(catalog, 'group:default/team')).toBeUndefined();
    expect(catalog.problems()).toEqual([]);
  });

  it('with an invalid spec is left to validation', async () => {
    const catalog = await opened({
      CODEOWNERS: '* @jane\n',
      'a.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\nspec: x\n',
    });
    expect(catalog.codes()).toEqual(['invalid-metadata']);
  });
});
