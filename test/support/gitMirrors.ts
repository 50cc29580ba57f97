import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { silentLogger } from '../../src/base';
import {
  NodeGitMirrors,
  type NodeGitMirrorsOptions,
} from '../../src/features/scm/node/mirrors/gitMirrors';
import type {
  FileSystem,
  GitMirror,
  GitMirrorDraft,
  GitMirrorFetch,
  GitMirrorRequest,
} from '../../src/platform/core/ports';
import { TestRepository } from './gitRepository';
import { GitHttpServer } from './gitServer';

export const MIRROR_ROOT = 'callboard-source://shop/';

const { signal } = new AbortController();

/** A served repository, and the folder of its mirrors. */
export class MirrorPlace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  readonly served = new TestRepository(join(this.folder, 'shop'));
  readonly named = new Set<string>();
  readonly #web: GitHttpServer[] = [];
  readonly #opened: GitMirror[] = [];

  constructor() {
    this.served.git('config', 'uploadpack.allowFilter', 'true');
  }

  get storage(): string {
    return join(this.folder, 'storage');
  }

  get fileUrl(): string {
    return pathToFileURL(join(this.served.folder, '.git')).href;
  }

  /** Server of the repository at `/shop/.git`. Its host is allowed. */
  async serve(): Promise<GitHttpServer> {
    const web = await GitHttpServer.start(this.folder);
    this.#web.push(web);
    this.named.add(web.host);
    return web;
  }

  open(
    request: Partial<GitMirrorRequest> & { readonly token?: string } = {},
    options: Partial<NodeGitMirrorsOptions> = {},
  ): GitMirror {
    const mirrors = new NodeGitMirrors({
      storage: this.storage,
      logger: silentLogger,
      isNamed: host => this.named.has(host),
      ...options,
    });
    const { token, ...rest } = request;
    const mirror = mirrors.open({
      key: 'shop',
      url: this.fileUrl,
      branch: 'main',
      root: MIRROR_ROOT,
      authorization: () => Promise.resolve(token),
      ...rest,
    });
    this.#opened.push(mirror);
    return mirror;
  }

  /** Folders of the kept mirrors. */
  generations(): readonly string[] {
    const folder = join(this.storage, 'shop');
    return readdirSync(folder)
      .filter(name => name.startsWith('generation-'))
      .map(name => join(folder, name));
  }

  async dispose(): Promise<void> {
    for (const mirror of this.#opened) mirror.dispose();
    for (const web of this.#web) await web.stop();
    // Helpers of a stopped git (`git http-fetch`) may still write for a moment.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Fetches all files. */
export function fetchAll(mirror: GitMirror): Promise<GitMirrorFetch> {
  return mirror.fetch({ signal, complete: bringAll });
}

export function bringAll(draft: GitMirrorDraft): Promise<void> {
  return draft.fetchBlobs(draft.paths());
}

export async function textIn(files: FileSystem, path: string): Promise<string> {
  return new TextDecoder().decode(await files.readFile(MIRROR_ROOT + path));
}

/** Returns the reason why a fetch fails. */
export function failureOf(fetch: Promise<unknown>): Promise<unknown> {
  return fetch.then(
    () => 'nothing',
    (error: unknown) => error,
  );
}
