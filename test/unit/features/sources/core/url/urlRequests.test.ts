import { describe, expect, it } from 'vitest';
import { ScmIntegrations } from '../../../../../../src/features/scm/core/urlReaders';
import {
  questionOf,
  repositoryOf,
} from '../../../../../../src/features/sources/core/url/urlRequests';

const integrations = new ScmIntegrations(
  () =>
    new Map([
      ['github.com', 'github'],
      ['ghe.acme.org', 'github'],
      ['acme.ghe.com', 'github'],
      ['gitlab.com', 'gitlab'],
      ['bitbucket.org', 'bitbucketCloud'],
      ['bb.acme.org', 'bitbucketServer'],
      ['dev.azure.com', 'azure'],
      ['tea.acme.org', 'gitea'],
    ]),
);

async function requestsFor(url: string, { isSignedIn = false } = {}): Promise<string> {
  try {
    const { type, request } = await questionOf(url, integrations, () =>
      Promise.resolve(isSignedIn),
    );
    return `${type} ${request.url}`;
  } catch (error) {
    return String(error);
  }
}

describe('request for an address', () => {
  it.each([
    [
      'https://github.com/acme/shop/blob/main/a/b.yaml',
      'file https://raw.githubusercontent.com/acme/shop/main/a/b.yaml',
    ],
    [
      'https://github.com/acme/shop/tree/main/*/b.yaml',
      'pattern https://codeload.github.com/acme/shop/tar.gz/main',
    ],
    [
      'https://ghe.acme.org/acme/shop/raw/main/b.yaml',
      'file https://ghe.acme.org/api/v3/repos/acme/shop/contents/b.yaml?ref=main',
    ],
    [
      'https://acme.ghe.com/acme/shop/blob/main/b.yaml',
      'file https://api.acme.ghe.com/repos/acme/shop/contents/b.yaml?ref=main',
    ],
    [
      'https://acme.ghe.com/acme/shop/blob/main/*.yaml',
      'pattern https://api.acme.ghe.com/repos/acme/shop/tarball/main',
    ],
    [
      'https://gitlab.com/acme/web/shop/-/blob/main/a/b.yaml',
      'file https://gitlab.com/api/v4/projects/acme%2Fweb%2Fshop/repository/files/a%2Fb.yaml/raw?ref=main',
    ],
    [
      'https://gitlab.com/acme/web/shop/-/jobs/artifacts/feature%2Fx/raw/out/b.yaml?job=build',
      'file https://gitlab.com/api/v4/projects/acme%2Fweb%2Fshop/jobs/artifacts/feature%2Fx/raw/out/b.yaml?job=build',
    ],
    [
      'https://gitlab.com/acme/web/shop/-/jobs/artifacts/main/raw/..%2F..%2Fb.yaml?job=build',
      'InputError: Incorrect URL: https://gitlab.com/acme/web/shop/-/jobs/artifacts/main/raw/..%2F..%2Fb.yaml?job=build, Error: Invalid SCM URL: path traversal is not allowed in the URL',
    ],
    [
      'https://gitlab.com/acme/web/shop/-/blob/main/a/**/b.yaml',
      'pattern https://gitlab.com/api/v4/projects/acme%2Fweb%2Fshop/repository/archive.tar.gz?sha=main&path=a',
    ],
    [
      'https://bitbucket.org/acme/shop/src/main/a/b.yaml',
      'file https://api.bitbucket.org/2.0/repositories/acme/shop/src/main/a/b.yaml',
    ],
    [
      'https://bb.acme.org/projects/WEB/repos/shop/browse/b.yaml?at=main',
      'file https://bb.acme.org/rest/api/1.0/projects/WEB/repos/shop/raw/b.yaml?at=main',
    ],
    [
      'https://bb.acme.org/projects/WEB/repos/shop/browse/a/*.yaml?at=main',
      'pattern https://bb.acme.org/rest/api/1.0/projects/WEB/repos/shop/archive?format=tgz&prefix=WEB-shop&at=main&path=a',
    ],
    [
      'https://bb.acme.org/users/jo/repos/shop/browse/b.yaml?at=main',
      'file https://bb.acme.org/rest/api/1.0/projects/~jo/repos/shop/raw/b.yaml?at=main',
    ],
    [
      'https://bb.acme.org/bitbucket/projects/WEB/repos/shop/raw/b.yaml?at=main',
      'file https://bb.acme.org/bitbucket/rest/api/1.0/projects/WEB/repos/shop/raw/b.yaml?at=main',
    ],
    [
      'https://dev.azure.com/acme/web/_git/shop?path=/b.yaml&version=GBmain',
      'file https://dev.azure.com/acme/web/_apis/git/repositories/shop/items?versionDescriptor.version=main&versionDescriptor.versionType=branch&api-version=6.0&path=%2Fb.yaml',
    ],
    [
      'https://tea.acme.org/acme/shop/src/branch/main/b.yaml',
      'file https://tea.acme.org/api/v1/repos/acme/shop/raw/b.yaml?ref=main',
    ],
    ['https://files.acme.org/b.yaml?x=1', 'file https://files.acme.org/b.yaml?x=1'],
    [
      'https://github.com/acme/shop',
      'InputError: Incorrect URL: https://github.com/acme/shop, Error: Invalid GitHub URL or file path',
    ],
    [
      'https://gitlab.com/acme/shop/-/tree/main/b.yaml',
      'InputError: Failed extracting project path from /acme/shop/-/tree/main/b.yaml. Url path must include /blob/.',
    ],
    [
      'https://tea.acme.org/acme/shop/src/branch/main/*.yaml',
      'Error: Unsupported search pattern URL',
    ],
    ['https://files.acme.org/*.yaml', 'Error: Unsupported search pattern URL'],
  ])('%s', async (url, expected) => {
    expect(await requestsFor(url)).toBe(expected);
  });

  it.each([
    [
      'https://github.com/acme/shop/blob/main/b.yaml',
      'file https://api.github.com/repos/acme/shop/contents/b.yaml?ref=main',
    ],
    [
      'https://github.com/acme/shop/blob/main/*.yaml',
      'pattern https://api.github.com/repos/acme/shop/tarball/main',
    ],
  ])('is %s with a token', async (url, expected) => {
    expect(await requestsFor(url, { isSignedIn: true })).toBe(expected);
  });

  it('contains no token', async () => {
    const url = 'https://github.com/acme/shop/blob/main/b.yaml';
    const { request } = await questionOf(url, integrations, () => Promise.resolve(true));
    expect(request.headers).toEqual({ accept: 'application/vnd.github.v3.raw' });
  });

  it.each([
    ['https://github.com/acme/shop/tree/main/*.yaml', 'https://github.com/acme/shop.git main'],
    ['https://github.com/acme/shop.git/blob/HEAD/*.yaml', 'https://github.com/acme/shop.git'],
    ['https://ghe.acme.org/acme/shop/blob/next/*.yaml', 'https://ghe.acme.org/acme/shop.git next'],
    [
      'https://gitlab.com/acme/web/team/shop/-/blob/v1.2/a/*.yaml',
      'https://gitlab.com/acme/web/team/shop.git v1.2',
    ],
    ['https://gitlab.com/acme/shop/blob/main/*.yaml', 'https://gitlab.com/acme/shop.git main'],
    ['https://bitbucket.org/acme/shop/src/main/*.yaml', 'https://bitbucket.org/acme/shop.git main'],
    [
      'https://bb.acme.org/projects/WEB/repos/shop/browse/a/*.yaml?at=feature/x',
      'https://bb.acme.org/scm/WEB/shop.git feature/x',
    ],
    [
      'https://bb.acme.org/bitbucket/users/jo/repos/shop/browse/*.yaml?at=main',
      'https://bb.acme.org/bitbucket/scm/~jo/shop.git main',
    ],
    [
      'https://bb.acme.org/projects/WEB/repos/shop/browse/*.yaml',
      'https://bb.acme.org/scm/WEB/shop.git',
    ],
    [
      'https://dev.azure.com/acme/web%20site/_git/shop?path=/*.yaml&version=GBmain',
      'https://dev.azure.com/acme/web%20site/_git/shop main',
    ],
    ['https://dev.azure.com/acme/_git/shop?path=/*.yaml', 'https://dev.azure.com/acme/_git/shop'],
    // A branch could have the same name.
    ['https://dev.azure.com/acme/web/_git/shop?path=/*.yaml&version=GTv1', undefined],
    [
      'https://github.com/acme/shop/blob/0123456789abcdef0123456789abcdef01234567/*.yaml',
      undefined,
    ],
  ])('names the git repository of %s: %s', async (url, expected) => {
    const question = await questionOf(url, integrations, () => Promise.resolve(false));
    const { repository } = question.type === 'pattern' ? question : {};
    const { url: address, branch } = repository ?? {};
    const written = [address, branch].filter(part => part !== undefined).join(' ');
    expect(repository && written).toBe(expected);
    expect(repositoryOf(url, integrations)).toEqual(repository);
  });

  it.each([
    [
      'https://github.com/acme/shop/blob/main/a/*.yaml',
      'https://github.com/acme/shop/blob/main/a/b.yaml',
    ],
    [
      'https://gitlab.com/acme/shop/-/blob/main/a/*.yaml',
      'https://gitlab.com/acme/shop/-/blob/main/a/b.yaml',
    ],
    [
      'https://dev.azure.com/acme/web/_git/shop?path=/a/*.yaml',
      'https://dev.azure.com/acme/web/_git/shop?path=%2Fa%2Fb.yaml',
    ],
  ])('names files that match %s %s', async (url, expected) => {
    const question = await questionOf(url, integrations, () => Promise.resolve(false));
    expect(question.type === 'pattern' && question.urlOf('a/b.yaml')).toBe(expected);
  });
});
