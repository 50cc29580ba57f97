import { expect, it } from 'vitest';
import { placeOf, repositoryOf } from '../../../../../src/features/sources/vscode/sourcePlaces';
import { anEntity, InMemoryCatalog } from '../../../../support/inMemoryCatalog';
import { aSource } from '../../../../support/sourceInfo';

it.each([
  ['https://github.com/acme/shop/blob/main/catalog-info.yaml', 'https://github.com/acme/shop'],
  ['https://github.com/acme/shop/tree/main/services/a.yaml', 'https://github.com/acme/shop'],
  [
    'https://gitlab.com/acme/web/shop/-/blob/main/catalog-info.yaml',
    'https://gitlab.com/acme/web/shop',
  ],
  ['https://gitea.acme.org/a/b/src/branch/main/x.yaml', 'https://gitea.acme.org/a/b'],
  ['https://acme.org/catalog-info.yaml', undefined],
  ['http://github.com/acme/shop/blob/main/catalog-info.yaml', undefined],
])('repository of %s is %s', (page, repository) => {
  expect(repositoryOf(page)).toBe(repository);
});

it('finds the page of a file by its entities, and rejects unsafe URLs', () => {
  const file = 'callboard-source://acme/catalog-info.yaml';
  const placeWith = (viewUrl: string, type: 'git' | 'backstage') => {
    const entity = anEntity(
      'Component:a',
      {},
      { annotations: { 'backstage.io/view-url': viewUrl } },
    );
    const catalog = new InMemoryCatalog({
      entities: [entity],
      files: { 'component:default/a': file },
    });
    return placeOf(file, aSource({ type }), catalog);
  };
  const page = 'https://github.com/acme/shop/tree/main/catalog-info.yaml';
  expect(placeWith(page, 'backstage')).toEqual({
    webPage: page,
    repository: 'https://github.com/acme/shop',
  });
  expect(placeWith('javascript:alert(1)', 'backstage')).toEqual({
    webPage: undefined,
    repository: undefined,
  });
  expect(placeWith(page, 'git').repository).toBe('https://git.example/acme.git');
});
