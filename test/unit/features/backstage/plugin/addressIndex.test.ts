import { describe, expect, it } from 'vitest';
import { AddressIndex } from '../../../../../src/features/backstage/plugin/addressIndex';
import { forgePages, remotePages } from '../../../../../src/features/scm/core/forgePages';

const FILE = 'file:///work/sub/my%20shop.yaml';
const PATH = 'sub/my shop.yaml';

/** The index of a workspace repository with one file. */
function indexOf(remote: string, hosts: Readonly<Record<string, string>>, branch: string) {
  const kinds = new Map(Object.entries(hosts));
  const [own, served] = [remotePages(remote, kinds), forgePages(remote, kinds)];
  if (!own || !served) throw new Error('A host of no kind');
  const url = own.pageUrl('view', branch, PATH);
  const address = { url, repository: own.webUrl, branch, path: PATH };
  return { index: new AddressIndex(new Map([[FILE, address]])), own, served };
}

describe.each([
  ['GitHub', 'git@github.com:Acme/shop.git', {}],
  ['GitLab', 'https://gitlab.com/acme/team/shop.git', {}],
  ['Bitbucket', 'git@bitbucket.org:acme/shop.git', {}],
  [
    'Bitbucket Server',
    'ssh://git@bitbucket.acme.org:7999/shop/shop.git',
    { 'bitbucket.acme.org': 'bitbucketServer' },
  ],
  ['Azure DevOps', 'https://acme@dev.azure.com/acme/My%20Team/_git/shop', {}],
  ['Gitea', 'https://git.acme.org/acme/shop.git', { 'git.acme.org': 'gitea' }],
])('Address of a file on %s', (_, remote, hosts) => {
  it.each(['main', 'feature/names'])('is resolved from a Backstage on branch %s', branch => {
    const { index, own, served } = indexOf(remote, hosts, branch);
    for (const url of [
      served.fileUrl(branch, PATH),
      own.pageUrl('view', branch, PATH),
      served.fileUrl('main', PATH),
    ]) {
      expect(index.isOfRepository(`url:${url}`)).toBe(true);
      expect(index.placeOf(`url:${url}`)).toMatchObject({ path: PATH, isCertain: true });
      expect(index.fileAt(`url:${url}`)).toBe(FILE);
    }
  });

  it("isn't resolved for another repository or file", () => {
    const { index, served } = indexOf(remote, hosts, 'main');
    const url = served.fileUrl('main', 'sub/other.yaml');
    expect(index.fileAt(`url:${url}`)).toBe(undefined);
    expect(index.placeOf(`url:${url}`)?.path).toBe('sub/other.yaml');
    expect(index.isOfRepository(`url:${url.replace('shop', 'cart').replace('shop', 'cart')}`)).toBe(
      false,
    );
  });
});

it('ignores addresses without a file', () => {
  const { index } = indexOf('https://dev.azure.com/acme/team/_git/shop', {}, 'main');
  for (const query of ['', '?version=GBmain', '?path=', '?path=/', '?path=%2F%E0%A4%A']) {
    const location = `url:https://dev.azure.com/acme/team/_git/shop${query}`;
    expect(index.placeOf(location)).toBe(undefined);
  }
});
