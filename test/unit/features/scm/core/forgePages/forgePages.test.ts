import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { describe, expect, it } from 'vitest';
import {
  contentsUrl,
  forgePages,
  isForgeKnown,
  remotePages,
} from '../../../../../../src/features/scm/core/forgePages';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      github: [{ host: 'ghe.acme.org', apiBaseUrl: 'https://ghe.acme.org/api/v3' }],
      gitlab: [
        {
          host: 'git.acme.org',
          baseUrl: 'https://git.acme.org',
          apiBaseUrl: 'https://git.acme.org/api/v4',
        },
      ],
      bitbucketServer: [{ host: 'bb.acme.org', apiBaseUrl: 'https://bb.acme.org/rest/api/1.0' }],
      gitea: [{ host: 'gitea.acme.org', baseUrl: 'https://gitea.acme.org' }],
    },
  }),
);
const hosts = new Map([
  ['ghe.acme.org', 'github'],
  ['git.acme.org', 'gitlab'],
  ['bb.acme.org', 'bitbucketServer'],
  ['gitea.acme.org', 'gitea'],
]);

describe('pages of repositories', () => {
  it.each([
    ['https://github.com/acme/shop.git', 'https://github.com/acme/shop/tree/main/a/info.yaml'],
    ['git@github.com:acme/shop.git', 'https://github.com/acme/shop/tree/main/a/info.yaml'],
    ['ssh://git@ghe.acme.org/acme/shop', 'https://ghe.acme.org/acme/shop/tree/main/a/info.yaml'],
    ['https://gitlab.com/a/b/c.git', 'https://gitlab.com/a/b/c/-/blob/main/a/info.yaml'],
    ['https://git.acme.org/a/b.git', 'https://git.acme.org/a/b/-/blob/main/a/info.yaml'],
    ['https://bitbucket.org/acme/shop', 'https://bitbucket.org/acme/shop/src/main/a/info.yaml'],
    [
      'https://bb.acme.org/scm/ac/shop.git',
      'https://bb.acme.org/projects/ac/repos/shop/browse/a/info.yaml?at=main',
    ],
    [
      'https://dev.azure.com/acme/p/_git/shop',
      'https://dev.azure.com/acme/p/_git/shop?path=%2Fa%2Finfo.yaml&version=GBmain',
    ],
    [
      'https://gitea.acme.org/acme/shop.git',
      'https://gitea.acme.org/acme/shop/src/branch/main/a/info.yaml',
    ],
  ])("are Backstage's: %s", (url, fileUrl) => {
    const pages = forgePages(url, hosts);
    const integration = integrations.byUrl(fileUrl);
    expect({
      fileUrl: pages?.fileUrl('main', 'a/info.yaml'),
      view: pages?.pageUrl('view', 'main', 'a/info.yaml'),
      edit: pages?.pageUrl('edit', 'main', 'a/info.yaml'),
      folder: decodeURIComponent(pages?.pageUrl('folder', 'main', 'a/') ?? ''),
    }).toEqual({
      fileUrl,
      view: fileUrl,
      edit: integration?.resolveEditUrl(fileUrl),
      folder: decodeURIComponent(integration?.resolveUrl({ url: './', base: fileUrl }) ?? ''),
    });
  });

  it.each(['https://git.example.com/a/b.git', 'file:///srv/a.git', 'https://notgithub.com/a/b'])(
    'are unknown for %s',
    url => {
      expect(forgePages(url, hosts)).toBeUndefined();
    },
  );

  it('spell a branch consistently', () => {
    const pages = forgePages('https://bitbucket.org/acme/shop', hosts);
    expect(pages?.pageUrl('edit', 'fix/#1', 'a.yaml')).toBe(
      'https://bitbucket.org/acme/shop/src/fix/%231/a.yaml?mode=edit&at=fix%2F%231',
    );
  });

  it('encode special characters of paths and branches', () => {
    const pages = forgePages('https://github.com/acme/shop', hosts);
    expect(pages?.fileUrl('feature/ü', 'a b/#1?.yaml')).toBe(
      'https://github.com/acme/shop/tree/feature/%C3%BC/a%20b/%231%3F.yaml',
    );
  });
});

describe('pages of a working tree', () => {
  it.each([
    [
      'https://github.com/acme/shop.git',
      'https://github.com/acme/shop',
      ['blob/main/a/x.yaml', 'tree/main/a/', 'edit/main/a/x.yaml'],
    ],
    [
      'git@github.acme.org:acme/shop',
      'https://github.acme.org/acme/shop',
      ['blob/main/a/x.yaml', 'tree/main/a/', 'edit/main/a/x.yaml'],
    ],
    [
      'https://git.acme.org/a/b',
      'https://git.acme.org/a/b',
      ['-/blob/main/a/x.yaml', '-/tree/main/a/', '-/edit/main/a/x.yaml'],
    ],
    [
      'ssh://git@bb.acme.org:7999/ac/shop.git',
      'https://bb.acme.org/projects/ac/repos/shop',
      ['browse/a/x.yaml?at=main', 'browse/a/?at=main', 'browse/a/x.yaml'],
    ],
    [
      'https://acme@dev.azure.com/acme/p/_git/shop',
      'https://dev.azure.com/acme/p/_git/shop',
      [
        '?path=%2Fa%2Fx.yaml&version=GBmain',
        '?path=%2Fa%2F&version=GBmain',
        '?path=%2Fa%2Fx.yaml&version=GBmain&_a=edit',
      ],
    ],
    [
      'git@ssh.dev.azure.com:v3/acme/p/shop',
      'https://dev.azure.com/acme/p/_git/shop',
      [
        '?path=%2Fa%2Fx.yaml&version=GBmain',
        '?path=%2Fa%2F&version=GBmain',
        '?path=%2Fa%2Fx.yaml&version=GBmain&_a=edit',
      ],
    ],
    [
      'acme@vs-ssh.visualstudio.com:v3/acme/p/shop',
      'https://dev.azure.com/acme/p/_git/shop',
      [
        '?path=%2Fa%2Fx.yaml&version=GBmain',
        '?path=%2Fa%2F&version=GBmain',
        '?path=%2Fa%2Fx.yaml&version=GBmain&_a=edit',
      ],
    ],
    [
      'https://acme.visualstudio.com/DefaultCollection/p/_git/shop',
      'https://acme.visualstudio.com/DefaultCollection/p/_git/shop',
      [
        '?path=%2Fa%2Fx.yaml&version=GBmain',
        '?path=%2Fa%2F&version=GBmain',
        '?path=%2Fa%2Fx.yaml&version=GBmain&_a=edit',
      ],
    ],
    [
      'https://bb.acme.org/code/scm/~jo/shop.git',
      'https://bb.acme.org/code/projects/~jo/repos/shop',
      ['browse/a/x.yaml?at=main', 'browse/a/?at=main', 'browse/a/x.yaml'],
    ],
    [
      'https://codeberg.org/acme/shop',
      'https://codeberg.org/acme/shop',
      ['src/branch/main/a/x.yaml', 'src/branch/main/a/', '_edit/main/a/x.yaml'],
    ],
  ])('%s', (url, web, pages) => {
    const remote = remotePages(url, hosts);
    expect([
      remote?.webUrl,
      remote?.pageUrl('view', 'main', 'a/x.yaml'),
      remote?.pageUrl('folder', 'main', 'a/'),
      remote?.pageUrl('edit', 'main', 'a/x.yaml'),
    ]).toEqual([
      web,
      ...pages.map(page => (page.startsWith('?') ? `${web}${page}` : `${web}/${page}`)),
    ]);
  });

  it('are known for names of public hosts', () => {
    const urls = ['git@github.com:a/b', 'https://github.acme.org/a/b', 'https://git.acme.org/a/b'];
    expect(urls.map(url => isForgeKnown(url))).toEqual([true, false, false]);
  });
});

it.each([
  ['https://github.com/acme/shop.git', 'https://github.com/acme/shop/blob/main'],
  ['git@gitlab.acme.org:acme/shop.git', 'https://gitlab.acme.org/acme/shop/-/blob/main'],
  ['https://bitbucket.org/acme/shop', 'https://bitbucket.org/acme/shop/src/main'],
  [
    'git@ssh.dev.azure.com:v3/acme/p/shop',
    'https://dev.azure.com/acme/p/_git/shop?path=%2F&version=GBmain',
  ],
  ['https://codeberg.org/acme/shop', 'https://codeberg.org/acme/shop/src/branch/main'],
  // Unknown names are treated as GitHub servers.
  ['ssh://git@git.acme.org:22/acme/shop.git', 'https://git.acme.org/acme/shop/blob/main'],
  ['/srv/git/shop.git', '/srv/git/shop.git'],
])('branch contents of %s are at %s', (remote, url) => {
  expect(contentsUrl(remote, 'main')).toBe(url);
});
