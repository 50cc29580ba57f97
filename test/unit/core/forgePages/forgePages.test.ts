import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { describe, expect, it } from 'vitest';
import { forgePages } from '../../../../../src/core/sources/git/forgePages';

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
  ])('are those of a Backstage: %s', (url, fileUrl) => {
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
    'are not known of %s',
    url => {
      expect(forgePages(url, hosts)).toBeUndefined();
    },
  );

  it('hold what paths and branches are spelled with', () => {
    const pages = forgePages('https://github.com/acme/shop', hosts);
    expect(pages?.fileUrl('feature/ü', 'a b/#1?.yaml')).toBe(
      'https://github.com/acme/shop/tree/feature/%C3%BC/a%20b/%231%3F.yaml',
    );
  });
});
