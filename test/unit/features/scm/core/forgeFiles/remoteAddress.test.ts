import {
  getAzureFileFetchUrl,
  getBitbucketCloudFileFetchUrl,
  getBitbucketServerFileFetchUrl,
  getGiteaFileContentsUrl,
  getGithubFileFetchUrl,
  getGitLabFileFetchUrl,
} from '@backstage/integration';
import { describe, expect, it } from 'vitest';
import { remoteForges } from '../../../../../../src/features/scm/core/forgeFiles';

function requestFor(type: string, url: string): string {
  try {
    return remoteForges.get(type)?.file(new URL(url), undefined).url ?? 'nothing';
  } catch (error) {
    return `fails: ${String(error)}`;
  }
}

/** URL of Backstage's request for a file. */
async function requestsOfBackstage(type: string, url: string): Promise<string> {
  const { host } = new URL(url);
  try {
    switch (type) {
      case 'github':
        return getGithubFileFetchUrl(
          url,
          { host, rawBaseUrl: 'https://raw.githubusercontent.com' },
          { headers: {}, type: 'token' },
        );
      case 'gitlab':
        return await getGitLabFileFetchUrl(url, {
          host,
          apiBaseUrl: `https://${host}/api/v4`,
          baseUrl: `https://${host}`,
        });
      case 'bitbucketCloud':
        return getBitbucketCloudFileFetchUrl(url, {
          host,
          apiBaseUrl: 'https://api.bitbucket.org/2.0',
        });
      case 'bitbucketServer':
        return getBitbucketServerFileFetchUrl(url, {
          host,
          apiBaseUrl: `https://${host}/rest/api/1.0`,
        });
      case 'azure':
        return getAzureFileFetchUrl(url);
      case 'gitea':
        // Backstage requests the file in JSON; we request the raw file.
        return getGiteaFileContentsUrl({ host }, url).replace('/contents/', '/raw/');
      default:
        return 'nothing';
    }
  } catch (error) {
    return `fails: ${String(error)}`;
  }
}

/** Removes differences without meaning: order of parameters, empty ones and unneeded escapes. */
function comparable(url: string): string {
  if (url.startsWith('fails')) return 'fails';
  const { origin, pathname, searchParams } = new URL(url);
  const query = [...searchParams].filter(([, value]) => value !== '');
  const path = pathname.split('/').map(part => encodeURIComponent(decodeURIComponent(part)));
  return `${origin}${path.join('/').replace(/\/$/, '')}?${query
    .map(pair => pair.join('='))
    .sort()
    .join('&')}`;
}

const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'github https://github.com/acme': [
    '/shop/blob/main/a/b.yaml',
    '/shop/tree/main/a',
    '/shop/raw/v1.2/a.yaml',
    '/shop/edit/main/a.yaml',
    '/shop/src/main/a.yaml',
    '/shop/commits/main',
    '/shop',
    '',
    '/shop/blob/feature%2Fnext/a.yaml',
    '/shop/blob/refs/heads/main/a.yaml',
    '/shop/blob/main/a.yaml?plain=1#L3',
    '/shop/blob/main/a%20b.yaml',
    '/shop/blob/main/ä+b',
    // A folder named like a part of addresses takes precedence over earlier parts, by rank.
    '/shop/blob/main/src/raw/tree/a.yaml',
    '/shop/raw/main/src/a.yaml',
    '/shop/raw/main/commit/a.yaml',
    '/shop/tree/main/issues/a.yaml',
    '/shop/tree/main/src/a',
    '/shop/tree/main/raw/a',
    '/shop/blob/main/issues/a.yaml',
    '/shop/tree/main/blob/a.yaml',
    '/shop/blob/main/-/a.yaml',
    '/shop/-/blob/main/a.yaml',
    '/blob/blob/main/a.yaml',
    '/shop/blob/main/%252e%252e/a.yaml',
    '/shop/blob/main/.%2fa.yaml',
    '/shop/blob/main/%',
  ],
  'gitlab https://gitlab.com/acme': [
    '/shop/-/blob/main/a/b.yaml',
    '/web/team/shop/-/blob/main/a.yaml',
    '/shop/blob/main/a.yaml',
    '/web/shop/-/tree/main/a',
    '/web/shop/-/raw/main/a.yaml',
    '/web/shop',
    '/web/shop/-/blob/feature%2Fnext/a/b.yaml',
    '/shop/blob/feature%2Fnext/a.yaml',
    '/web/shop/-/blob/feature/next/a.yaml',
    '/shop/-/blob/main/a%20b.yaml',
    '/shop/-/blob/main/a.yaml?ref_type=heads#L3',
    '/shop/-/blob/main/blob/-/blob/a.yaml',
    '/web/raw/-/blob/main/a.yaml',
    '/web/tree/-/blob/main/a.yaml',
    '/tree/blob/main/a.yaml',
    '/shop/-/blob/main/100%25.yaml',
    '/shop/-/blob/main/a%252Fb.yaml',
    '/shop/-/blob/main/%',
  ],
  'bitbucketCloud https://bitbucket.org/acme': [
    '/shop/src/main/a/b.yaml',
    '/shop/raw/main/a.yaml',
    '/shop/src/main/a%20b.yaml',
    '/shop',
    '/shop/blob/main/a.yaml',
    '/shop/src/feature%2Fnext/a.yaml',
    '/shop/src/main/src/a.yaml',
    '/shop/src/main/tree/a.yaml',
    '/shop/src/main/blob/a.yaml',
    '/shop/raw/main/src/a.yaml',
    '/shop/src/main/commit/a.yaml',
    '/shop/src/main/raw/a.yaml',
    '/shop/src/0f3a/a.yaml?at=x',
  ],
  'bitbucketServer https://bb.acme.org': [
    '/projects/WEB/repos/shop/browse/a/b.yaml?at=main',
    '/projects/WEB/repos/shop/raw/b.yaml',
    '/projects/WEB/repos/shop/browse/b.yaml?at=refs%2Fheads%2Fa%2Fb',
    '/projects/WEB/repos/shop',
    '/projects/WEB/repos/shop/browse/a%20b.yaml?at=v1#3',
    '/projects/~jo/repos/shop/raw/b.yaml',
    '/users/jo/repos/shop/browse/b.yaml?at=main',
    '/users/jo/repos/shop/raw/a/b.yaml',
    '/projects/WEB/repos/shop/browse/src/a.yaml',
    '/projects/WEB/repos/shop/commits/0f3a',
    '/projects/WEB/repos/shop/browse/projects/x/repos/y/a.yaml',
    '/scm/web/shop.git',
    '/web/shop/raw/main/a.yaml',
    '/web/shop/src/main/a.yaml',
    '/web/shop/blob/main/a.yaml',
    '/projects/WEB/repos/shop/browse/a%252Fb.yaml',
    '/projects/WEB/repos/sh%20op/raw/a.yaml',
  ],
  'azure https://dev.azure.com/acme': [
    '/web/_git/shop?path=/a/b.yaml',
    '/_git/shop?path=%2Fa.yaml',
    '/web/_git/shop?path=a.yaml',
    '/web/_git/shop?path=/a.yaml&version=GBfeature/x',
    '/web/_git/shop?version=GTv1&path=/a',
    '/web/_git/shop?path=/a.yaml&version=GC0f3a',
    '/web/_git/shop?path=/a.yaml&version=main',
    '/web/_git/shop?path=/a.yaml&version=',
    '/web/_git/shop?path=/a.yaml&version=GB',
    '/web%20site/_git/sh%20op?path=/a%20b.yaml',
    '/web/_git/shop',
    '/web/_git/shop?path=',
    '/web/_git/shop/pullrequest/3?path=/a.yaml',
    '/web/shop?path=/a.yaml',
    '/web/_git/?path=/a',
    '/a/b/c/_git/shop?path=/a.yaml',
    '/web/_git/shop?path=/a.yaml&_a=contents#x',
  ],
  'azure https://acme.visualstudio.com': [
    '/web/_git/shop?path=/a.yaml',
    '/web/_git/shop?path=/a.yaml&version=GBmain',
    '/DefaultCollection/web/_git/shop?path=/a.yaml',
    '/_git/shop?path=/a.yaml',
  ],
  'gitea https://tea.acme.org/acme': [
    '/shop/src/branch/main/a/b.yaml',
    '/shop/src/tag/v1/a.yaml',
    '/shop/src/commit/0f3a/a.yaml',
    '/shop/raw/branch/main/a.yaml',
    '/shop/src/branch/main/a%20b.yaml',
    '/shop/src/branch/feature%2Fnext/a.yaml',
    '/shop/src/branch/feature/next/a.yaml',
    '/shop/src/branch/main/100%25.yaml',
    '/shop/src/branch/main/a%252Fb.yaml',
  ],
};

describe("URL of a request for a file is Backstage's", () => {
  const cases = Object.entries(ADDRESSES).flatMap(([forge, paths]) => {
    const [type = '', base = ''] = forge.split(' ');
    return paths.map(path => [type, `${base}${path}`] as const);
  });

  it.each(cases)('%s: %s', async (type, url) => {
    const [own, backstage] = [requestFor(type, url), await requestsOfBackstage(type, url)];
    expect({ asked: comparable(own) }).toEqual({ asked: comparable(backstage) });
  });
});

it.each([...remoteForges.keys()])('rejects a long path with repeated escapes fast for %s', type => {
  const url = `https://acme.org/acme/shop/blob/main/%${'25'.repeat(200_000)}2e/a.yaml`;
  expect(requestFor(type, url)).toContain('path traversal is not allowed in the URL');
});
