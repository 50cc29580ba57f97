import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine } from '../../../../../../src/features/catalog/core';
import {
  parseHead,
  parseRemoteUrl,
} from '../../../../../../src/features/catalog/core/repository/repositories';
import { descriptorUrls } from '../../../../../../src/model/presentation';
import { aDescriptor } from '../../../../../support/descriptors';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { openCatalog } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

const HEAD = 'ref: refs/heads/feature/x\n';
const origin = (url: string): string =>
  `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n`;

/** The page annotations of an entity in `a/x y.yaml`. */
async function pages(
  files: Readonly<Record<string, string>>,
  metadata: Readonly<Record<string, unknown>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const catalog = await openCatalog({
    ...files,
    'a/x y.yaml': aDescriptor('group:g', {}, metadata),
  });
  const annotations = catalog.entity('group:default/g')?.metadata.annotations ?? {};
  return Object.fromEntries(
    Object.entries(annotations).filter(([key]) => !key.includes('managed-by')),
  );
}

const github = {
  'backstage.io/view-url': 'https://github.com/acme/shop/blob/feature/x/a/x%20y.yaml',
  'backstage.io/edit-url': 'https://github.com/acme/shop/edit/feature/x/a/x%20y.yaml',
  'backstage.io/source-location': 'url:https://github.com/acme/shop/tree/feature/x/a/',
};

describe('remotes', () => {
  it.each([
    'https://github.com/acme/shop',
    'https://github.com/acme/shop.git',
    'https://github.com/acme/shop/',
    'https://token@github.com/acme/shop.git',
    'https://user:token@github.com/acme/shop.git',
    'https://user:p@ss@github.com/acme/shop.git',
    'https://user:p/ss@github.com/acme/shop.git',
    'ssh://git@github.com/acme/shop.git',
    'ssh://git@github.com:22/acme/shop.git',
    'git@github.com:acme/shop.git',
    'github.com:acme/shop.git',
    'git://github.com/acme/shop',
  ])('%s', async url => {
    const found = await pages({ '.git/HEAD': HEAD, '.git/config': origin(url) });
    // A path with credentials may not be parsed, but it is never shown.
    expect(JSON.stringify(found)).not.toMatch(/token|p@ss|p\/ss/);
    if (!url.includes('p/ss')) expect(found).toEqual(github);
  });

  it('GitLab', async () => {
    const config = origin('git@gitlab.example.com:group/sub/shop.git');
    expect(await pages({ '.git/HEAD': HEAD, '.git/config': config })).toEqual({
      'backstage.io/view-url':
        'https://gitlab.example.com/group/sub/shop/-/blob/feature/x/a/x%20y.yaml',
      'backstage.io/edit-url':
        'https://gitlab.example.com/group/sub/shop/-/edit/feature/x/a/x%20y.yaml',
      'backstage.io/source-location':
        'url:https://gitlab.example.com/group/sub/shop/-/tree/feature/x/a/',
    });
  });

  it('Bitbucket', async () => {
    const config = origin('https://bitbucket.org/acme/shop.git');
    expect(await pages({ '.git/HEAD': HEAD, '.git/config': config })).toMatchObject({
      'backstage.io/view-url': 'https://bitbucket.org/acme/shop/src/feature/x/a/x%20y.yaml',
    });
  });

  it('of hosts with a configured type are resolved on demand', async () => {
    let requestCount = 0;
    const engineOf = async (url: string): Promise<CatalogEngine> => {
      const fileSystem = new InMemoryFileSystem({
        '/work/.git/HEAD': HEAD,
        '/work/.git/config': origin(url),
        '/work/a.yaml': aDescriptor('group:g'),
      });
      const engine = new CatalogEngine({
        fileSystem,
        clock: new TestClock(),
        logger: silentLogger,
        forges: async () => {
          requestCount++;
          return new Map([['git.example.com', 'gitea']]);
        },
      });
      engine.setRoots([{ uri: fileUri('/work'), name: 'work' }]);
      await engine.refresh();
      return engine;
    };
    const viewOf = async (url: string): Promise<string | undefined> => {
      const entity = (await engineOf(url)).getEntityByRef('group:default/g');
      return descriptorUrls(entity ?? { apiVersion: '', kind: '', metadata: { name: '' } }).view;
    };
    expect(await viewOf('git@git.example.com:acme/shop')).toBe(
      'https://git.example.com/acme/shop/src/branch/feature/x/a.yaml',
    );
    expect(requestCount).toBe(1);
    expect(await viewOf('git@github.com:acme/shop')).toContain(
      'https://github.com/acme/shop/blob/',
    );
    expect(requestCount).toBe(1);
  });

  it.each([
    ['an unknown host', origin('https://git.example.com/acme/shop.git')],
    ['a host with a known suffix', origin('https://notgithub.com.evil.example/acme/shop')],
    ['a path', origin('/srv/git/shop.git')],
    ['a relative path', origin('../shop.git')],
    ['no remote', '[core]\n'],
    [
      'an oversized config',
      `${origin('https://github.com/acme/shop')}\n${'#'.repeat(1024 * 1024)}`,
    ],
    ['nothing', ''],
  ])('%s has no pages', async (_, config) => {
    expect(await pages({ '.git/HEAD': HEAD, '.git/config': config })).toEqual({});
  });

  it.each([
    ['prefer origin', '[remote "a"]\nurl = A\n[remote "origin"]\nurl = O\n', 'O'],
    ['fall back to the first', '[remote "a"]\nurl = A\n[remote "b"]\nurl = B\n', 'A'],
    ['can be quoted', '[remote "origin"]\n url = "O"\n', 'O'],
    ['can be uppercase', '[REMOTE "origin"]\nURL = O\n', 'O'],
    ['can have a comment', '[remote "origin"]\nurl = O ; mine\n', 'O'],
    ['exclude branch remotes', '[branch "main"]\nurl = B\n', undefined],
  ])('%s', (_, config, url) => {
    expect(parseRemoteUrl(config)).toBe(url);
  });
});

describe('Git directories', () => {
  it.each([
    [HEAD, 'feature/x'],
    ['ref: refs/heads/main', 'main'],
    ['0123456789abcdef0123456789abcdef01234567\n', undefined],
    ['', undefined],
  ])('%j', (head, branch) => {
    expect(parseHead(head)).toBe(branch);
  });

  it('without a branch have no pages', async () => {
    const files = { '.git/HEAD': '0123456789abcdef0123456789abcdef01234567\n' };
    expect(await pages({ ...files, '.git/config': origin('git@github.com:acme/shop') })).toEqual(
      {},
    );
  });

  it("of a worktree use the main one's config", async () => {
    expect(
      await pages({
        '.git': 'gitdir: /main/.git/worktrees/w\n',
        '/main/.git/worktrees/w/HEAD': HEAD,
        '/main/.git/worktrees/w/commondir': '../..\n',
        '/main/.git/config': origin('git@github.com:acme/shop.git'),
      }),
    ).toEqual(github);
  });

  it('use the nearest repository', async () => {
    expect(
      await pages({
        '.git/HEAD': 'ref: refs/heads/outer\n',
        '.git/config': origin('git@github.com:acme/outer'),
        'a/.git/HEAD': 'ref: refs/heads/inner\n',
        'a/.git/config': origin('git@github.com:acme/inner'),
      }),
    ).toMatchObject({
      'backstage.io/view-url': 'https://github.com/acme/inner/blob/inner/x%20y.yaml',
    });
  });
});

describe('annotations', () => {
  const files = { '.git/HEAD': HEAD, '.git/config': origin('git@github.com:acme/shop') };

  it('of the entity win', async () => {
    const annotations = {
      'backstage.io/view-url': 'https://example.com/view',
      'backstage.io/source-location': 'url:https://example.com/',
    };
    expect(await pages(files, { annotations })).toEqual({ ...github, ...annotations });
  });

  it.each(['javascript:alert(1)', 'JavaScript:alert(1)', ' java\tscript:alert(1)'])(
    'that run a script are rejected: %j',
    async url => {
      const annotations = { 'backstage.io/view-url': url, 'backstage.io/edit-url': url };
      const rejected = 'https://backstage.io/annotation-rejected-for-security-reasons';
      expect(await pages({}, { annotations })).toEqual({
        'backstage.io/view-url': rejected,
        'backstage.io/edit-url': rejected,
      });
    },
  );

  it("of the location can't be set by the entity", async () => {
    const catalog = await openCatalog({
      'x.yaml': aDescriptor(
        'group:g',
        {},
        {
          annotations: { 'backstage.io/managed-by-location': 'url:https://example.com' },
        },
      ),
    });
    expect(catalog.places('group:default/g')).toEqual({
      location: 'x.yaml',
      origin: 'x.yaml',
    });
  });
});
