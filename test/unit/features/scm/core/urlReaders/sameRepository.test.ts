import { describe, expect, it } from 'vitest';
import {
  isSameRepository,
  ScmIntegrations,
} from '../../../../../../src/features/scm/core/urlReaders';

const integrations = new ScmIntegrations(
  () =>
    new Map([
      ['github.com', 'github'],
      ['gitlab.com', 'gitlab'],
      ['dev.azure.com', 'azure'],
      ['acme.visualstudio.com', 'azure'],
      ['bb.acme.org', 'bitbucketServer'],
    ]),
);
const GITHUB = 'https://github.com/acme/shop/blob/main/a.yaml';
const GITLAB = 'https://gitlab.com/acme/web/shop/-/blob/main/a.yaml';
const AZURE = 'https://dev.azure.com/acme/web/_git/shop?path=/a.yaml';
const VISUAL_STUDIO = 'https://acme.visualstudio.com/web/_git/shop?path=/a.yaml';
const BITBUCKET = 'https://bb.acme.org/projects/WEB/repos/shop/browse/a.yaml';
const PLAIN = 'https://files.acme.org/acme/shop/a.yaml';

describe('repository of a placeholder', () => {
  it.each([
    [GITHUB, 'https://github.com/acme/shop/tree/other/b.yaml'],
    [GITHUB, 'https://files.acme.org/b.yaml'],
    [GITLAB, 'https://gitlab.com/acme/web/shop/-/raw/v1/b.yaml'],
    [AZURE, 'https://dev.azure.com/acme/web/_git/shop?path=/b.yaml&version=GBother'],
    // The organization is in the host name, and the collection doesn't matter.
    [VISUAL_STUDIO, 'https://acme.visualstudio.com/DefaultCollection/web/_git/shop?path=/b.yaml'],
    [BITBUCKET, 'https://bb.acme.org/projects/WEB/repos/shop/raw/b.yaml?at=x'],
    [PLAIN, 'https://files.acme.org/other/b.yaml'],
    [PLAIN, 'https://elsewhere.com/b.yaml'],
    ['/work/a.yaml', 'https://github.com/acme/other/blob/main/b.yaml'],
  ])('of %s includes %s', (base, address) => {
    expect(isSameRepository(address, base, integrations)).toBe(true);
  });

  it.each([
    [GITHUB, 'https://github.com/acme/other/blob/main/b.yaml'],
    [GITHUB, 'https://github.com/acme/shop-secrets/blob/main/b.yaml'],
    [GITHUB, 'https://github.com/other/shop/blob/main/b.yaml'],
    [GITHUB, 'https://github.com/acme/other'],
    [GITHUB, 'https://github.com/acme%252fother/shop/blob/main/b.yaml'],
    [GITHUB, 'https://gitlab.com/acme/shop/-/blob/main/b.yaml'],
    [GITLAB, 'https://gitlab.com/acme/web/other/-/blob/main/b.yaml'],
    [GITLAB, 'https://gitlab.com/acme/shop/-/blob/main/b.yaml'],
    [AZURE, 'https://dev.azure.com/acme/web/_git/other?path=/b.yaml'],
    [AZURE, 'https://dev.azure.com/acme/other/_git/shop?path=/b.yaml'],
    [AZURE, 'https://dev.azure.com/acme/web/_git/shop?path=/b.yaml&version=GC0f3a'],
    [AZURE, 'https://dev.azure.com/nothing'],
    [VISUAL_STUDIO, 'https://acme.visualstudio.com/web/_git/other?path=/b.yaml'],
    [BITBUCKET, 'https://bb.acme.org/projects/WEB/repos/other/raw/b.yaml'],
    [PLAIN, GITHUB],
  ])('of %s does not include %s', (base, address) => {
    expect(isSameRepository(address, base, integrations)).toBe(false);
  });
});
