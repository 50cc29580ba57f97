import { type Disposable, type Event, onDemand, toDisposable } from '../../../../base';
import type { FileChange, FileSystem } from '../../../../platform/core/ports';
import type { SourceIndex } from '../../../catalog/core';
import { openSourceIndex } from '../../../catalog/core/parts';
import { ConfiguredSource } from '../configuredSource';
import {
  type FetchOutcome,
  type GitSourceConfig,
  type RemoteSource,
  type RemoteSourceDeps,
  SOURCE_SCHEME,
  SourceError,
} from '../types';

/** A git repository where there is no git: nothing of it is there, and who fetches it is told why. */
export function openWithoutGit(config: GitSourceConfig, deps: RemoteSourceDeps): RemoteSource {
  const refusal = new SourceError('local', 'Git repositories cannot be fetched here', {
    advice: 'Open a trusted folder in VS Code on the desktop, or on a server with git.',
  });
  return new RefusedSource(config, deps, refusal);
}

/** A git repository that is never asked. */
export class RefusedSource
  extends ConfiguredSource<GitSourceConfig>
  implements RemoteSource, Disposable
{
  readonly isJudged = true;
  readonly fileSystem = NO_FILES;
  readonly fetchedAt = undefined;
  readonly #refusal: SourceError;
  readonly #index: () => Promise<SourceIndex>;

  /** @param refusal - why */
  constructor(config: GitSourceConfig, { clock, logger }: RemoteSourceDeps, refusal: SourceError) {
    super(config);
    this.#refusal = refusal;
    const root = `${SOURCE_SCHEME}://${config.key}/`;
    this.#index = onDemand(() =>
      openSourceIndex({
        clock,
        logger,
        fileSystem: NO_FILES,
        root: { uri: root, name: config.name },
        repository: () => ({ root, remote: undefined, branch: undefined }),
        include: () => [],
      }),
    );
  }

  readonly onDidChange: Event<readonly FileChange[] | undefined> = () => toDisposable(() => {});

  read: RemoteSource['read'] = async (session, options) =>
    (await this.#index()).read(session, options);

  displayPath(uri: string): string {
    return uri;
  }

  async restore(): Promise<void> {}

  fetch(): Promise<FetchOutcome> {
    return Promise.reject(this.#refusal);
  }

  async forget(): Promise<void> {}

  dispose(): void {}
}

/** A copy of nothing. */
const NO_FILES: FileSystem = {
  readFile: uri =>
    Promise.reject(
      Object.assign(new Error(`ENOENT: there is nothing at ${uri}`), { code: 'ENOENT' }),
    ),
  stat: () => Promise.resolve(undefined),
  readDirectory: uri =>
    Promise.reject(
      Object.assign(new Error(`ENOENT: there is nothing at ${uri}`), { code: 'ENOENT' }),
    ),
  realPath: uri => Promise.resolve(uri),
};
