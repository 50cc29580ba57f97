import { expect, it } from 'vitest';
import { fileAddresses } from '../../../../../../src/features/backstage/core/instances';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';

const OWN = '[remote "origin"]\n  url = git@git.acme.org:acme/own.git\n';
const nowhere = async () => new Map<string, string>();

it('returns the URLs of files on the checked-out branch', async () => {
  const files = new InMemoryFileSystem({
    '/w/shop/.git/config': '[remote "origin"]\n  url = git@github.com:acme/shop.git\n',
    '/w/shop/.git/HEAD': 'ref: refs/heads/feature/x\n',
    '/w/own/.git/config': OWN,
    '/w/own/.git/HEAD': 'ref: refs/heads/main\n',
  });
  const [shop, own] = ['file:///w/shop/a b/info.yaml', 'file:///w/own/info.yaml'];
  expect(await fileAddresses([shop, own, 'file:///w/alone.yaml'], files, nowhere)).toEqual(
    new Map([
      [
        shop,
        {
          url: 'https://github.com/acme/shop/blob/feature/x/a%20b/info.yaml',
          repository: 'https://github.com/acme/shop',
          branch: 'feature/x',
          path: 'a b/info.yaml',
        },
      ],
    ]),
  );
});

it('returns URLs of a self-hosted Git server of known type', async () => {
  const files = new InMemoryFileSystem({
    '/w/own/.git/config': OWN,
    '/w/own/.git/HEAD': 'ref: refs/heads/main\n',
  });
  const file = 'file:///w/own/info.yaml';
  const forges = async () => new Map([['git.acme.org', 'gitlab']]);
  expect((await fileAddresses([file], files, forges)).get(file)?.url).toBe(
    'https://git.acme.org/acme/own/-/blob/main/info.yaml',
  );
});
