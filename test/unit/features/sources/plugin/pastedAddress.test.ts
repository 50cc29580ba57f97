import { expect, it } from 'vitest';
import { guessSources, isAddressLike, localPath } from '../../../../../src/features/sources/plugin';

const pier = 'https://github.com/acme/pier.git';

it.for([
  ['acme/pier', [`git ${pier}`]],
  ['github.com/acme/pier', [`git ${pier}`]],
  [' https://github.com/acme/pier/ ', [`git ${pier}`]],
  ['https://github.com/acme/pier.git', [`git ${pier}`]],
  ['git clone https://github.com/acme/pier.git', [`git ${pier}`]],
  ['https://github.com/acme/pier/issues/7', [`git ${pier}`]],
  ['https://github.com/acme/pier/tree/main/teams/a', [`git ${pier} main teams/a`]],
  ['github.com/acme', ['github acme']],
  ['https://github.com/orgs/acme/repositories', ['github acme']],
  ['https://github.acme.com/crew', ['github crew github.acme.com']],
  ['gitlab.com/acme', ['gitlab acme']],
  ['https://gitlab.com/groups/acme/crew', ['gitlab acme/crew']],
  ['gitlab.com/acme/pier', ['git https://gitlab.com/acme/pier.git', 'gitlab acme/pier']],
  ['https://gitlab.com/acme/crew/pier.git', ['git https://gitlab.com/acme/crew/pier.git']],
  ['https://gitlab.com/a/b/-/tree/main/x', ['git https://gitlab.com/a/b.git main x']],
  ['acme/crew/pier', ['git https://gitlab.com/acme/crew/pier.git']],
  ['git@github.com:acme/pier.git', ['git git@github.com:acme/pier.git']],
  ['ssh://git@git.acme.com/pier', ['git ssh://git@git.acme.com/pier']],
  ['file:///srv/pier', ['git file:///srv/pier']],
  [
    'https://bitbucket.org/acme/pier/src/main/docs',
    ['git https://bitbucket.org/acme/pier.git main docs'],
  ],
  [
    'https://codeberg.org/acme/pier/src/branch/main',
    ['git https://codeberg.org/acme/pier.git main'],
  ],
  ['https://dev.azure.com/acme/sea/_git/pier', ['git https://dev.azure.com/acme/sea/_git/pier']],
  [
    'https://github.com/acme/pier/blob/main/catalog-info.yaml',
    ['url https://github.com/acme/pier/blob/main/catalog-info.yaml'],
  ],
  [
    'https://dev.azure.com/acme/sea/_git/pier?path=/all.yaml',
    ['url https://dev.azure.com/acme/sea/_git/pier?path=/all.yaml'],
  ],
  ['backstage.acme.com', ['backstage https://backstage.acme.com']],
  ['https://acme.com/portal/catalog/default/component/x', ['backstage https://acme.com/portal']],
  ['localhost:7007', ['backstage http://localhost:7007']],
  ['https://portal.acme.com/api/catalog', ['backstage https://portal.acme.com']],
  [
    'https://scm.acme.com/crew/pier',
    ['git https://scm.acme.com/crew/pier.git', 'backstage https://scm.acme.com/crew/pier'],
  ],
  ['https://me:secret@github.com/acme/pier', ['git https://me:secret@github.com/acme/pier']],
  ['backstage', []],
  ['two words', []],
  ['ftp://acme.com/x', []],
  ['https://', []],
  ['/srv/pier', []],
  ['', []],
] as const)('reads %s', ([text, expected]) => {
  const found = guessSources(text).map(({ type, answers }) =>
    [type, ...Object.values(answers)].join(' '),
  );
  expect(found).toEqual(expected);
});

it('tells addresses and paths from words', () => {
  const texts = ['acme/pier', 'acme.com', 'git@a:b', 'git clone a/b', './x', 'git', 'my team', '.'];
  expect(texts.filter(isAddressLike)).toEqual(texts.slice(0, 5));
  expect(
    ['/srv/pier', './pier', '../pier', 'C:\\pier', 'c:/pier', 'acme/pier', 'https://a.b'].map(
      localPath,
    ),
  ).toEqual(['/srv/pier', './pier', '../pier', 'C:\\pier', 'c:/pier', undefined, undefined]);
});
