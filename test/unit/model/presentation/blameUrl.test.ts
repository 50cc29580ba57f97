import { describe, expect, it } from 'vitest';
import { blameUrl } from '../../../../src/model/presentation/entityFields';

describe('blameUrl', () => {
  it.each([
    [
      'https://github.com/acme/shop/blob/main/a.yaml',
      'https://github.com/acme/shop/blame/main/a.yaml',
    ],
    [
      'https://github.com/acme/shop/tree/main/a.yaml',
      'https://github.com/acme/shop/blame/main/a.yaml',
    ],
    [
      'https://gitlab.com/acme/sub/shop/-/blob/main/a.yaml',
      'https://gitlab.com/acme/sub/shop/-/blame/main/a.yaml',
    ],
    [
      'https://bitbucket.org/acme/shop/src/main/a.yaml',
      'https://bitbucket.org/acme/shop/annotate/main/a.yaml',
    ],
    [
      'https://gitea.acme.org/acme/shop/src/branch/main/a.yaml',
      'https://gitea.acme.org/acme/shop/blame/branch/main/a.yaml',
    ],
    [
      'https://dev.azure.com/acme/p/_git/shop?path=/a.yaml&version=GBmain',
      'https://dev.azure.com/acme/p/_git/shop?path=/a.yaml&version=GBmain&_a=blame',
    ],
    [
      'https://bitbucket.org/acme/shop/src/branch/a/b.yaml',
      'https://bitbucket.org/acme/shop/annotate/branch/a/b.yaml',
    ],
    [
      'https://acme.visualstudio.com/web/_git/shop?path=/a.yaml#line',
      'https://acme.visualstudio.com/web/_git/shop?path=/a.yaml&_a=blame',
    ],
  ])('%s', (view, blame) => {
    expect(blameUrl(view)).toBe(blame);
  });

  it('recognizes a GitHub server by its edit URL', () => {
    const at = (page: string): string => `https://code.acme.org/acme/shop/${page}/main/a.yaml`;
    expect(blameUrl(at('tree'), at('edit'))).toBe(at('blame'));
    expect(blameUrl(at('tree'), at('tree'))).toBe(undefined);
    expect(blameUrl(at('tree'), 'https://code.acme.org/acme/other/edit/main/a.yaml')).toBe(
      undefined,
    );
  });

  it.each([
    'https://example.com/a.yaml',
    'https://github.com/acme/shop',
    'https://acme.org/a/b/tree/main/x',
  ])('returns undefined for %s', view => {
    expect(blameUrl(view)).toBe(undefined);
  });
});
