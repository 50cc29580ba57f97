import {
  type Disposable,
  DisposableStore,
  Emitter,
  errorMessage,
  joinUri,
  relativePath,
} from '../../../../base';
import { ALLOWED_HOSTS_HINT } from '../../../../platform/core/hosts';
import type {
  FileChange,
  FileSystem,
  GitMirror,
  GitMirrorDraft,
  GitMirrors,
} from '../../../../platform/core/ports';
import type { Repository } from '../../../catalog/core';
import { SourceIndex } from '../../../catalog/core/reader';
import { forgePages } from '../../../scm/core/forgePages';
import { gitPathFault, readGitAddress } from '../../../scm/core/gitAddresses';
import { ConfiguredSource } from '../registry/sourcePlaceholder';
import type { RemoteSourceDeps } from '../remoteSourceDeps';
import {
  type FetchOptions,
  type FetchOutcome,
  type GitSourceConfig,
  type RemoteSource,
  SOURCE_SCHEME,
  SourceError,
} from '../types';
import { sourceErrorOf } from './gitErrors';
import { RefusedSource } from './refusedSource';
import { fetchWanted, includeOf, type References } from './wantedFiles';

/** Opens a source for a remote git repository, without sending requests. */
export function openGitSource(
  config: GitSourceConfig,
  deps: RemoteSourceDeps,
  mirrors: GitMirrors,
): RemoteSource {
  const root = `${SOURCE_SCHEME}://${config.key}/`;
  try {
    return new GitSource(config, deps, {
      root,
      mirror: openMirror(config, deps, { root, mirrors }),
    });
  } catch (error) {
    const refusal =
      error instanceof SourceError
        ? error
        : new SourceError('refused', errorMessage(error), {
            advice: `To allow its host, add it ${ALLOWED_HOSTS_HINT}.`,
          });
    return new RefusedSource(config, refusal);
  }
}

/** @throws SourceError; TypeError */
function openMirror(
  { key, url, branch, paths }: GitSourceConfig,
  { credentials }: RemoteSourceDeps,
  { root, mirrors }: { readonly root: string; readonly mirrors: GitMirrors },
): GitMirror {
  const fault = paths.map(gitPathFault).find(found => found !== undefined);
  if (fault !== undefined) throw new SourceError('refused', fault);
  const address = readGitAddress(url);
  const origin = address.ok ? address.value.origin : undefined;
  return mirrors.open({
    key,
    url,
    branch,
    root,
    authorization: async signal =>
      origin === undefined ? undefined : credentials.authorization(origin, signal, 'git'),
  });
}

class GitSource extends ConfiguredSource<GitSourceConfig> implements RemoteSource, Disposable {
  readonly reportsProblems = true;
  readonly #deps: RemoteSourceDeps;
  readonly #root: string;
  readonly #mirror: GitMirror;
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(
    new Emitter<readonly FileChange[] | undefined>(error =>
      this.#deps.logger.error('A listener of a source failed', error),
    ),
  );
  readonly #index: SourceIndex;
  readonly #disposal = new AbortController();
  #references: References = new Map();
  #repository: Repository | undefined;
  /** Whether the remote has answered since the start. */
  #isOnline = false;
  #completing: Promise<void> | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(
    config: GitSourceConfig,
    deps: RemoteSourceDeps,
    { root, mirror }: { readonly root: string; readonly mirror: GitMirror },
  ) {
    super(config);
    this.#deps = deps;
    this.#root = root;
    this.#mirror = mirror;
    const { clock, logger } = deps;
    this.#index = new SourceIndex({
      clock,
      logger,
      fileSystem: mirror.copy,
      root: { uri: root, name: config.name },
      repository: () => this.#repositoryNow(),
      include: globs => includeOf(config.paths, globs),
    });
  }

  get fileSystem(): FileSystem {
    return this.#mirror.fileSystem;
  }

  get fetchedAt(): number | undefined {
    return this.#mirror.state?.fetchedAt;
  }

  async restore(): Promise<void> {
    const before = this.#mirror.state?.commit;
    await this.#mirror.restore();
    if (this.#mirror.state && this.#mirror.state.commit !== before) this.#changed.fire(undefined);
  }

  async fetch({ signal, onProgress }: FetchOptions): Promise<FetchOutcome> {
    const missing = [...this.#mirror.missing];
    const branch = this.#mirror.state?.branch;
    try {
      const { paths, requests, bytes } = await this.#mirror.fetch({
        signal,
        onProgress,
        complete: draft => this.#complete(draft),
      });
      this.#isOnline = true;
      // Addresses contain the branch.
      const isSame = branch === this.#mirror.state?.branch;
      const changes =
        paths && isSame ? await this.#changesOf([...new Set([...paths, ...missing])]) : undefined;
      if (!changes || changes.length) this.#changed.fire(changes);
      return { changed: !changes || changes.length > 0, requests, bytes };
    } catch (error) {
      signal.throwIfAborted();
      const address = readGitAddress(this.config.url);
      const host = address.ok ? address.value.host : '';
      throw sourceErrorOf(error, { host, branch: this.config.branch });
    }
  }

  async forget(): Promise<void> {
    await this.#mirror.remove();
    this.#references = new Map();
    this.#changed.fire(undefined);
  }

  read: RemoteSource['read'] = async (session, options) => {
    const state = await this.#index.read(session, options);
    this.#completeLater();
    return state;
  };

  applyChanges: NonNullable<RemoteSource['applyChanges']> = async (changes, session, options) => {
    const state = await this.#index.applyChanges(changes, session, options);
    this.#completeLater();
    return state;
  };

  readRecord: NonNullable<RemoteSource['readRecord']> = (uri, session) =>
    this.#index.readRecord(uri, session);

  displayPath(uri: string): string {
    const path = relativePath(this.#root, uri);
    return path === undefined ? uri : `${this.config.name}/${path}`;
  }

  locationOf(uri: string): string | undefined {
    const path = relativePath(this.#root, uri);
    const branch = this.#mirror.state?.branch;
    if (path === undefined || branch === undefined) return undefined;
    const pages = forgePages(this.config.url, this.#deps.hosts());
    return `url:${pages?.fileUrl(branch, path) ?? gitUrlOf(this.config.url, branch, path)}`;
  }

  dispose(): void {
    this.#disposal.abort();
    this.#mirror.dispose();
    this.#disposables.dispose();
  }

  /** Returns the same object until the branch changes, because callers compare it. */
  #repositoryNow(): Repository {
    const branch = this.#mirror.state?.branch;
    if (!this.#repository || this.#repository.branch !== branch) {
      const remote = forgePages(this.config.url, this.#deps.hosts());
      this.#repository = { root: this.#root, remote, branch };
    }
    return this.#repository;
  }

  async #complete(draft: GitMirrorDraft): Promise<void> {
    const { clock, logger } = this.#deps;
    const wanted = await this.#index.wanted(draft.paths());
    if (this.config.paths.length && !wanted.length) {
      throw new SourceError(
        'missing',
        `The repository has nothing at ${this.config.paths.join(', ')}`,
        { advice: 'Correct "paths" of the source: files, folders or globs relative to its root.' },
      );
    }
    logger.debug(`${this.config.name}: reading ${wanted.length} files`);
    this.#references = await fetchWanted(draft, {
      wanted: [...wanted, ...this.#mirror.missing],
      known: this.#references,
      clock,
    });
  }

  async #changesOf(paths: readonly string[]): Promise<readonly FileChange[]> {
    const changes: FileChange[] = [];
    for (const path of paths) {
      const uri = joinUri(this.#root, path);
      const isThere = await this.#mirror.copy.stat(uri).catch(() => undefined);
      changes.push({ type: isThere ? 'changed' : 'deleted', uri });
    }
    return changes;
  }

  /** Fetches files that turned out to be missing, once. The catalog doesn't wait for it. */
  #completeLater(): void {
    if (!this.#isOnline || this.#completing || !this.#mirror.missing.size) return;
    this.#completing = this.fetch({ signal: this.#disposal.signal }).then(
      () => (this.#completing = undefined),
      // On failure, the next fetch loads them.
      (error: unknown) => {
        this.#isOnline = false;
        this.#completing = undefined;
        this.#deps.logger.debug(`${this.config.name} is incomplete: ${errorMessage(error)}`);
      },
    );
  }
}

/** Returns the address of a file on an unknown host, in the format of the command line. */
function gitUrlOf(url: string, branch: string, path: string): string {
  const scheme = /^[a-z]+:\/\//.test(url) ? '' : 'ssh://';
  const written = scheme ? `${scheme}${url.replace(':', '/')}` : url;
  const encoded = (text: string): string => text.split('/').map(encodeURIComponent).join('/');
  return `git+${written}#${encoded(branch)}:${encoded(path)}`;
}
