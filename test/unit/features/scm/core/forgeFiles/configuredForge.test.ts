import { ConfigReader } from '@backstage/config';
import {
  getBitbucketServerFileFetchUrl,
  getGerritFileContentsApiUrl,
  buildGerritGitilesArchiveUrlFromLocation,
  getGiteaArchiveUrl,
  getGiteaFileContentsUrl,
  getGithubFileFetchUrl,
  getGitLabFileFetchUrl,
  getHarnessArchiveUrl,
  getHarnessFileContentsUrl,
  readBitbucketServerIntegrationConfig,
  readGerritIntegrationConfig,
  readGiteaConfig,
  readGithubIntegrationConfig,
  readGitLabIntegrationConfig,
  readHarnessConfig,
} from '@backstage/integration';
import { describe, expect, it } from 'vitest';
import { contentOf, forgeAt } from '../../../../../../src/features/scm/core/forgeFiles';
import type { IntegrationAddresses } from '../../../../../../src/features/scm/core/urlReaders';

/** Backstage's request for a file, with a token or without. */
type FileOfBackstage = (url: string, config: ConfigReader, token?: string) => unknown;

const BACKSTAGE: Readonly<Record<string, FileOfBackstage>> = {
  github: (url, config, token) =>
    getGithubFileFetchUrl(url, readGithubIntegrationConfig(config), {
      headers: {},
      type: 'token',
      ...(token !== undefined && { token }),
    }),
  gitlab: (url, config) => getGitLabFileFetchUrl(url, readGitLabIntegrationConfig(config)),
  bitbucketServer: (url, config) =>
    getBitbucketServerFileFetchUrl(url, readBitbucketServerIntegrationConfig(config)),
  // Backstage requests the file in JSON; we request the raw file.
  gitea: (url, config) =>
    getGiteaFileContentsUrl(readGiteaConfig(config), url).replace('/contents/', '/raw/'),
  gerrit: (url, config, token) =>
    getGerritFileContentsApiUrl({ ...readGerritIntegrationConfig(config), password: token }, url),
  harness: (url, config) => getHarnessFileContentsUrl(readHarnessConfig(config), url),
};

const GHE = 'https://ghe.acme.org';
const GIT = 'https://git.acme.org';
const BB = 'https://bb.acme.org';
const TEA = 'https://tea.acme.org';
const GERRIT = 'https://gerrit.acme.org';
const HARNESS = 'https://app.harness.io/ng/account/acc/module/code';
const PLAIN = { gitilesBaseUrl: `${GERRIT}/plugins/gitiles` };
const COMMIT = '8e83f8ea0b2c5a1c6f3f6a8a5e8d1f0a9b8c7d6e';

const CASES: readonly (readonly [type: string, url: string, addresses: IntegrationAddresses])[] = [
  ['github', `${GHE}/acme/shop/blob/main/a/b.yaml`, { apiBaseUrl: `${GHE}/other/v3` }],
  [
    'github',
    `${GHE}/acme/shop/tree/main/a/b.yaml`,
    { apiBaseUrl: `${GHE}/api/v3`, rawBaseUrl: `${GHE}/raw` },
  ],
  [
    'github',
    'https://github.com/acme/shop/blob/main/a.yaml',
    { apiBaseUrl: 'https://api.github.com' },
  ],
  [
    'github',
    'https://acme.ghe.com/acme/shop/blob/main/a.yaml',
    { apiBaseUrl: 'https://api.acme.ghe.com' },
  ],
  [
    'gitlab',
    `${GIT}/code/web/shop/-/blob/main/a/b.yaml`,
    { baseUrl: `${GIT}/code`, apiBaseUrl: `${GIT}/code/api/v4` },
  ],
  [
    'gitlab',
    `${GIT}/code/web/shop/-/blob/main/b.yaml`,
    { baseUrl: 'https://alias.acme.org/code', apiBaseUrl: `${GIT}/code/api/v4` },
  ],
  [
    'gitlab',
    `${GIT}/web/shop/-/blob/main/b.yaml`,
    { baseUrl: `${GIT}/code`, apiBaseUrl: `${GIT}/code/api/v4` },
  ],
  ['gitlab', `${GIT}/web/shop/-/blob/main/b.yaml`, { apiBaseUrl: `${GIT}/api/v4` }],
  [
    'bitbucketServer',
    `${BB}/projects/WEB/repos/shop/browse/a/b.yaml?at=main`,
    { apiBaseUrl: `${BB}/context/rest/api/latest` },
  ],
  [
    'bitbucketServer',
    `${BB}/context/projects/WEB/repos/shop/raw/b.yaml?at=main`,
    { apiBaseUrl: `${BB}/context/rest/api/1.0` },
  ],
  ['gitea', `${TEA}/code/acme/shop/src/branch/main/a/b.yaml`, { baseUrl: `${TEA}/code` }],
  ['gitea', `${TEA}/acme/shop/src/branch/main/a/b.yaml`, {}],
  ['gerrit', `${GERRIT}/plugins/gitiles/web/shop/+/refs/heads/main/a/b.yaml`, PLAIN],
  ['gerrit', `${GERRIT}/plugins/gitiles/web/shop/+/${COMMIT}/a%20b.yaml`, PLAIN],
  ['gerrit', `${GERRIT}/plugins/gitiles/web/shop/+/refs/tags/v1/a.yaml`, PLAIN],
  ['gerrit', `${GERRIT}/plugins/gitiles/web/shop/+/HEAD/a.yaml`, PLAIN],
  [
    'gerrit',
    `${GERRIT}/review/browse/web/shop/+/refs/heads/main/a/b.yaml`,
    { baseUrl: `${GERRIT}/review`, gitilesBaseUrl: `${GERRIT}/review/browse` },
  ],
  ['harness', `${HARNESS}/orgs/web/projects/p/repos/shop/files/main/~/a/b.yaml`, {}],
  ['harness', `${HARNESS}/repos/shop/files/feature/x/~/b.yaml`, {}],
];

/** Removes differences without meaning: empty parameters and unneeded escapes. */
function comparable(url: unknown): string {
  const { origin, pathname, searchParams } = new URL(String(url));
  const query = [...searchParams].filter(([, value]) => value !== '');
  const path = pathname.split('/').map(part => encodeURIComponent(decodeURIComponent(part)));
  return `${origin}${path.join('/')}?${query.map(pair => pair.join('=')).join('&')}`;
}

async function outcome(work: () => unknown): Promise<string> {
  try {
    return comparable(await work());
  } catch {
    // Messages differ between URL parsers.
    return 'fails';
  }
}

describe.each([undefined, 'secret'])('request for a file with the token %s', token => {
  it.each(CASES)('is that of Backstage for %s: %s %j', async (type, url, addresses) => {
    const config = new ConfigReader({ host: new URL(url).host, ...addresses });
    const own = await outcome(() => forgeAt(type, addresses)?.file(new URL(url), token).url);
    expect(own).toBe(await outcome(() => BACKSTAGE[type]?.(url, config, token)));
  });
});

describe('request for an archive', () => {
  const archiveOf = (type: string, url: string, addresses: IntegrationAddresses): Promise<string> =>
    outcome(() => forgeAt(type, addresses)?.archive(new URL(url), 'secret').url);

  it('is that of Backstage', async () => {
    const page = `${TEA}/code/acme/shop/src/branch/main/a`;
    const gitea = { host: 'tea.acme.org', baseUrl: `${TEA}/code` };
    expect(await archiveOf('gitea', page, { baseUrl: `${TEA}/code` })).toBe(
      comparable(getGiteaArchiveUrl(gitea, page)),
    );
    const harness = `${HARNESS}/orgs/web/projects/p/repos/shop/files/main/~/a`;
    expect(await archiveOf('harness', harness, {})).toBe(
      comparable(getHarnessArchiveUrl({ host: 'app.harness.io' }, harness)),
    );
    for (const path of ['', '/a']) {
      const gerrit = `${GERRIT}/plugins/gitiles/web/shop/+/refs/heads/main${path}`;
      const config = { host: 'gerrit.acme.org', baseUrl: GERRIT, password: 'x', ...PLAIN };
      expect(await archiveOf('gerrit', gerrit, PLAIN)).toBe(
        comparable(buildGerritGitilesArchiveUrlFromLocation(config, gerrit)),
      );
    }
  });

  it('goes to the API that the integration sets', async () => {
    expect(
      await archiveOf('gitlab', `${GIT}/code/web/shop/-/tree/main`, {
        baseUrl: `${GIT}/code`,
        apiBaseUrl: `${GIT}/other/api/v4`,
      }),
    ).toBe(`${GIT}/other/api/v4/projects/web%2Fshop/repository/archive.tar.gz?sha=main`);
    expect(
      await archiveOf('github', `${GHE}/acme/shop/tree/main`, { apiBaseUrl: `${GHE}/other` }),
    ).toBe(`${GHE}/other/repos/acme/shop/tarball/main?`);
  });
});

it('clones a GitLab below a path from there', () => {
  const forge = forgeAt('gitlab', { baseUrl: `${GIT}/code` });
  expect(forge?.repository?.(new URL(`${GIT}/code/web/shop/-/tree/main/a`))?.url).toBe(
    `${GIT}/code/web/shop.git`,
  );
});

describe('addresses elsewhere', () => {
  const ELSEWHERE = [
    'https://evil.example/api',
    'https://ghe.acme.org.evil.example/api',
    'https://ghe.acme.org@evil.example/api',
    'https://user:secret@ghe.acme.org/api',
    'https://ghe.acme.org:8443/api',
    'http://ghe.acme.org/api',
    'https://ghe.acme.org/api?to=https://evil.example',
    'https://ghe.acme.org/api#x',
  ];
  const PAGES: readonly (readonly [type: string, path: string])[] = [
    ['github', '/acme/shop/blob/main/a.yaml'],
    ['gitlab', '/acme/shop/-/blob/main/a.yaml'],
    ['bitbucketServer', '/projects/WEB/repos/shop/raw/a.yaml'],
    ['gitea', '/acme/shop/src/branch/main/a.yaml'],
    ['gerrit', '/plugins/gitiles/shop/+/refs/heads/main/a.yaml'],
  ];

  it.each(PAGES)('are ignored for %s', (type, path) => {
    const url = new URL(`${GHE}${path}`);
    const requests = (addresses: IntegrationAddresses): unknown =>
      ['secret', undefined].map(token => {
        const forge = forgeAt(type, addresses);
        return [
          forge?.file(url, token).url,
          forge?.archive(url, token).url,
          forge?.repository?.(url)?.url,
        ];
      });
    const plain = requests({});
    for (const address of ELSEWHERE) {
      // Only the path of GitLab's pages counts.
      const baseUrl = type === 'gitlab' ? new URL(address).origin : address;
      const all = { apiBaseUrl: address, rawBaseUrl: address, gitilesBaseUrl: address, baseUrl };
      expect(requests(all)).toEqual(plain);
    }
  });

  it('get no token of GitHub through the API host of another GitHub', () => {
    const addresses = { apiBaseUrl: 'https://api.github.com' };
    const url = new URL(`${GHE}/acme/shop/blob/main/a.yaml`);
    expect(forgeAt('github', addresses)?.file(url, 'secret').url).toContain(`${GHE}/api/v3/`);
  });
});

describe('content of an answer', () => {
  const request = { url: `${GERRIT}/content`, headers: {}, forgeHosts: [] };
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('is decoded where the host answers in base64', () => {
    const text = 'kind: Käse\n';
    const encoded = bytes(Buffer.from(text).toString('base64'));
    expect(contentOf({ ...request, isBase64: true }, encoded)).toEqual(bytes(text));
    expect(contentOf(request, encoded)).toBe(encoded);
  });

  it('fails for another encoding', () => {
    const page = bytes('<html>');
    expect(() => contentOf({ ...request, isBase64: true }, page)).toThrow('not in base64');
  });
});

it('sends a token to Gerrit only below its own address', () => {
  const addresses = { baseUrl: `${GERRIT}/gerrit`, gitilesBaseUrl: `${GERRIT}/gitiles` };
  const forge = forgeAt('gerrit', addresses);
  const url = new URL(`${GERRIT}/gitiles/shop/+/refs/heads/main/docs`);
  expect(() => forge?.archive(url, 'token')).toThrow(
    'an authentication URL could not be constructed',
  );
  expect(forge?.archive(url, undefined)).toMatchObject({
    url: `${GERRIT}/gitiles/shop/+archive/refs/heads/main/docs.tar.gz`,
    headers: {},
  });
});
