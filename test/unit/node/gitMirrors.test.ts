import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/base';
import type { FileSystem, GitMirror, GitMirrorDraft } from '../../../src/core/ports';
import { NodeGitMirrors } from '../../../src/node/gitMirrors';
import { TestRepository } from '../../support/gitRepository';
import { aMirrorRequest, GitDaemon, GitHttpServer, MIRROR_ROOT } from '../../support/gitServer';

const { signal } = new AbortController();
let home: string;
let web: GitHttpServer;
let daemon: GitDaemon;
let count = 0;
let served: TestRepository;
let storage: string;

beforeAll(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  web = await GitHttpServer.start(home);
  daemon = await GitDaemon.start(home);
});
afterAll(async () => {
  await web.stop();
  daemon.stop();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  count++;
  served = new TestRepository(join(home, `shop-${count}`));
  storage = join(home, `storage-${count}`);
});

const name = (): string => `shop-${count}/.git`;

function mirrors(): NodeGitMirrors {
  const isNamed = (host: string): boolean => host === web.host || host === daemon.host;
  return new NodeGitMirrors({ storage, isNamed, logger: silentLogger });
}

const bringAll = (draft: GitMirrorDraft): Promise<void> => draft.bring(draft.paths());

async function text(files: FileSystem, path: string): Promise<string> {
  return new TextDecoder().decode(await files.readFile(MIRROR_ROOT + path));
}

async function use<T>(mirror: GitMirror, act: (mirror: GitMirror) => Promise<T>): Promise<T> {
  try {
    return await act(mirror);
  } finally {
    mirror.dispose();
  }
}

const ways: readonly (readonly [string, () => string])[] = [
  ['http', () => web.url(name())],
  ['git', () => daemon.url(name())],
  ['file', () => pathToFileURL(join(home, name())).href],
];

describe.each(ways)('a mirror by %s', (_, url) => {
  it.each([true, false])(
    'has the tree and what was wanted of it (filters allowed: %s)',
    async allows => {
      served.git('config', 'uploadpack.allowFilter', String(allows));
      const commit = served.commit({ 'a.yaml': 'a: 1', 'docs/b.md': '# B', 'run.sh': 'true' });
      await use(mirrors().open(aMirrorRequest({ url: url() })), async mirror => {
        await mirror.fetch({ signal, complete: draft => draft.bring(['a.yaml', 'gone.yaml']) });
        expect(mirror.state).toMatchObject({ commit, branch: 'main' });
        expect(await text(mirror.copy, 'a.yaml')).toBe('a: 1');
        const other = text(mirror.copy, 'docs/b.md');
        if (allows) await expect(other).rejects.toMatchObject({ code: 'ENOENT' });
        else expect(await other).toBe('# B');
        expect([...mirror.missing]).toEqual(allows ? ['docs/b.md'] : []);
        expect(await text(mirror.fileSystem, 'docs/b.md')).toBe('# B');
        expect(await text(mirror.copy, 'docs/b.md')).toBe('# B');
      });
    },
  );
});

describe('a refresh', () => {
  it('tells which files are others, and reads only those', async () => {
    served.git('config', 'uploadpack.allowFilter', 'true');
    served.commit({ 'a.yaml': 'a: 1', 'b.yaml': 'b: 1', 'c.yaml': 'c: 1' });
    await use(mirrors().open(aMirrorRequest({ url: web.url(name()) })), async mirror => {
      const first = await mirror.fetch({ signal, complete: bringAll });
      const a = await mirror.copy.stat(`${MIRROR_ROOT}a.yaml`);
      const b = await mirror.copy.stat(`${MIRROR_ROOT}b.yaml`);
      served.remove('c.yaml');
      served.commit({ 'b.yaml': 'b: 2', 'd.yaml': 'd: 1' });
      const second = await mirror.fetch({ signal, complete: bringAll });
      expect(first.paths).toBeUndefined();
      expect([...(second.paths ?? [])].sort()).toEqual(['b.yaml', 'c.yaml', 'd.yaml']);
      expect(await text(mirror.copy, 'b.yaml')).toBe('b: 2');
      expect(await mirror.copy.stat(`${MIRROR_ROOT}a.yaml`)).toEqual(a);
      expect((await mirror.copy.stat(`${MIRROR_ROOT}b.yaml`))?.mtime).not.toBe(b?.mtime);
      expect(await mirror.copy.stat(`${MIRROR_ROOT}c.yaml`)).toBeUndefined();
    });
  });

  it('is close to no bytes when nothing has changed', async () => {
    served.git('config', 'uploadpack.allowFilter', 'true');
    served.commit(
      Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`${at}/a.yaml`, `a: ${at}`])),
    );
    await use(mirrors().open(aMirrorRequest({ url: web.url(name()) })), async mirror => {
      await mirror.fetch({ signal, complete: bringAll });
      web.bytes = 0;
      web.requests.splice(0);
      const { paths, requests } = await mirror.fetch({ signal, complete: bringAll });
      expect({ paths, requests }).toEqual({ paths: [], requests: 1 });
      expect(web.requests).toHaveLength(3);
      expect(web.bytes).toBeLessThan(2000);
    });
  });
});
