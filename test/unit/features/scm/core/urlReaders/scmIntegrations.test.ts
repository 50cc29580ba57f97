import { ScmIntegrations as Backstage } from '@backstage/integration';
import { ConfigReader } from '@backstage/config';
import { describe, expect, it } from 'vitest';
import {
  type AddressesOfHosts,
  ScmIntegrations,
} from '../../../../../../src/features/scm/core/urlReaders';

/*
 * Expected results are those of Backstage's own integrations.
 */

const HOSTS = new Map([
  ['github.com', 'github'],
  ['ghe.acme.org', 'github'],
  ['gitlab.com', 'gitlab'],
  ['bitbucket.org', 'bitbucketCloud'],
  ['bb.acme.org', 'bitbucketServer'],
  ['dev.azure.com', 'azure'],
  ['acme.visualstudio.com', 'azure'],
  ['tea.acme.org', 'gitea'],
  ['gerrit.acme.org', 'gerrit'],
  ['app.harness.io', 'harness'],
]);

const backstage = Backstage.fromConfig(
  new ConfigReader({
    integrations: {
      github: [{ host: 'github.com' }, { host: 'ghe.acme.org' }],
      azure: [{ host: 'dev.azure.com' }, { host: 'acme.visualstudio.com' }],
      bitbucketServer: [{ host: 'bb.acme.org' }],
      gitea: [{ host: 'tea.acme.org' }],
      gerrit: [
        {
          host: 'gerrit.acme.org',
          gitilesBaseUrl: 'https://gerrit.acme.org/plugins/gitiles',
        },
      ],
      harness: [{ host: 'app.harness.io' }],
    },
  }),
);
const own = new ScmIntegrations(() => HOSTS);

const BASES = [
  'https://github.com/acme/shop/blob/main/apis/catalog-info.yaml',
  'https://github.com/acme/shop/tree/main/catalog-info.yaml',
  'https://github.com/acme/shop/tree/main/one/two/',
  'https://github.com/acme/shop/blob/main/a%20b/c.yaml',
  'https://github.com/acme/shop/blob/main/src/tree/c.yaml',
  'https://github.com/acme/shop',
  'https://github.com/acme/shop.git',
  'https://ghe.acme.org/acme/shop/blob/v1/a.yaml?x=1#L3',
  'https://gitlab.com/acme/web/shop/-/blob/main/a/b.yaml',
  'https://gitlab.com/acme/shop/blob/main/a/b.yaml',
  'https://gitlab.com/acme/shop/-/tree/main',
  'https://bitbucket.org/acme/shop/src/main/a/b.yaml',
  'https://bb.acme.org/projects/KEY/repos/shop/browse/a/b.yaml?at=main',
  'https://bb.acme.org/users/me/repos/shop/raw/b.yaml',
  'https://dev.azure.com/acme/web/_git/shop?path=/a/b.yaml&version=GBmain',
  'https://dev.azure.com/acme/web/_git/shop?path=%2Fa%2Fb.yaml',
  'https://dev.azure.com/acme/_git/shop?path=/b.yaml',
  'https://dev.azure.com/acme/web/_git/shop?version=GCabc&path=/b.yaml',
  'https://dev.azure.com/acme/web/_git/shop?path=:b.yaml',
  'https://dev.azure.com/acme/web/_git/shop?path=/b.yaml&version=GB',
  'https://dev.azure.com/a/b/c/_git/shop?path=/b.yaml',
  'https://acme.visualstudio.com/web/_git/shop?path=/a/b.yaml',
  'https://acme.visualstudio.com/_git/shop?path=/a/b.yaml',
  'https://tea.acme.org/acme/shop/src/branch/main/a/b.yaml',
  'https://gerrit.acme.org/plugins/gitiles/web/shop/+/refs/heads/main/apis/catalog-info.yaml',
  'https://gerrit.acme.org/plugins/gitiles/shop/+/refs/heads/main/',
  'https://gerrit.acme.org/plugins/gitiles/shop/+/refs/heads/main',
  'https://gerrit.acme.org/a/plugins/gitiles/shop/+/HEAD/a.yaml',
  'https://gerrit.acme.org/plugins/gitiles/shop/+/refs/tags/v1/a.yaml',
  'https://gerrit.acme.org/plugins/gitiles/shop/+/8e83f8ea0b2c5a1c6f3f6a8a5e8d1f0a9b8c7d6e/a/b.yaml',
  'https://gerrit.acme.org/plugins/gitiles/shop/+/refs/changes/1/a.yaml',
  'https://gerrit.acme.org/plugins/gitiles/shop',
  'https://app.harness.io/ng/account/acc/module/code/orgs/web/projects/p/repos/shop/files/main/~/a/b.yaml',
  'https://app.harness.io/ng/account/acc/module/code/repos/shop/files/refMain/x/~/catalog-info.yaml',
  'https://app.harness.io/ng/account/acc/module/code/orgs/web/projects/p/repos/shop/edit/main/~/a.yaml',
  'https://app.harness.io/ng/account/acc/module/code/orgs/web/repos/shop/files/main',
  'https://files.acme.org/a/b/c.yaml?token=1',
  'http://127.0.0.1:8080/plain/x.yaml',
  'https://github.com/acme/shop/blob/main/%252e%252e/x.yaml',
  '/work/a.yaml',
];
const REFERENCES = [
  './',
  './x.yaml',
  'x/y.yaml',
  '../x.yaml',
  '../../../../other/blob/main/x.yaml',
  '/x.yaml',
  '/',
  '/a/../b.yaml',
  '?q',
  '#h',
  '//elsewhere.com/x',
  'https://github.com/acme/shop/blob/main/x.yaml',
  'mailto:a@b.c',
  '',
];

function outcome(work: () => string | undefined): string | undefined {
  try {
    return work();
  } catch (error) {
    // Messages differ between URL parsers.
    return `fails: ${error instanceof TypeError ? 'TypeError' : 'Error'}`;
  }
}

describe('forge URLs', () => {
  it.each(BASES)('are resolved as in Backstage: %s', base => {
    const resolved = REFERENCES.map(url => [url, outcome(() => own.resolveUrl(url, base))]);
    expect(resolved).toEqual(
      REFERENCES.map(url => [url, outcome(() => backstage.resolveUrl({ url, base }))]),
    );
  });

  it.each(BASES.filter(base => own.typeOf(base) !== undefined))(
    'have the edit URLs of Backstage: %s',
    base => {
      expect(outcome(() => own.resolveEditUrl(base))).toEqual(
        outcome(() => backstage.byUrl(base)?.resolveEditUrl(base)),
      );
    },
  );

  it('have the type of their host', () => {
    expect(BASES.map(base => own.typeOf(base))).toEqual(
      BASES.map(base => backstage.byUrl(base)?.type),
    );
  });
});

describe('forge URLs with configured addresses', () => {
  const configured = {
    gitea: [{ host: 'tea.acme.org', baseUrl: 'https://tea.acme.org/code' }],
    gerrit: [
      {
        host: 'gerrit.acme.org',
        baseUrl: 'https://gerrit.acme.org/review',
        gitilesBaseUrl: 'https://gerrit.acme.org/review/browse',
      },
      {
        host: 'read.acme.org',
        gitilesBaseUrl: 'https://read.acme.org/plugins/gitiles',
        disableEditUrl: true,
      },
    ],
  };
  const theirs = Backstage.fromConfig(new ConfigReader({ integrations: configured }));
  const [gerrit, readOnly] = configured.gerrit;
  const addresses: AddressesOfHosts = new Map([
    ['tea.acme.org', { baseUrl: 'https://tea.acme.org/code' }],
    ['gerrit.acme.org', { baseUrl: gerrit?.baseUrl, gitilesBaseUrl: gerrit?.gitilesBaseUrl }],
    ['read.acme.org', { gitilesBaseUrl: readOnly?.gitilesBaseUrl, isEditDisabled: true }],
  ]);
  const ours = new ScmIntegrations(
    () => new Map([...HOSTS, ['read.acme.org', 'gerrit']]),
    () => addresses,
  );

  it.each([
    'https://tea.acme.org/code/acme/shop/src/branch/main/a/b.yaml',
    'https://tea.acme.org/acme/shop/src/branch/main/a/b.yaml',
    'https://gerrit.acme.org/review/browse/web/shop/+/refs/heads/main/a/b.yaml',
    'https://gerrit.acme.org/a/review/browse/web/shop/+/refs/heads/main/a/b.yaml',
    'https://gerrit.acme.org/plugins/gitiles/shop/+/HEAD/b.yaml',
    'https://read.acme.org/plugins/gitiles/shop/+/refs/heads/main/b.yaml',
  ])('are those of Backstage: %s', base => {
    const answers = (integrations: {
      resolve(url: string): string;
      edit(): string | undefined;
    }): unknown => [
      ...REFERENCES.map(url => outcome(() => integrations.resolve(url))),
      outcome(() => integrations.edit()),
    ];
    expect(
      answers({
        resolve: url => ours.resolveUrl(url, base),
        edit: () => ours.resolveEditUrl(base),
      }),
    ).toEqual(
      answers({
        resolve: url => theirs.resolveUrl({ url, base }),
        edit: () => theirs.resolveEditUrl(base),
      }),
    );
  });
});
