import { toDisposable } from '../../../../base';
import { emptyFileSystem } from '../../../../platform/core/files';
import { emptyIndexState } from '../../../catalog/core/reader';
import { ConfiguredSource } from '../registry/sourcePlaceholder';
import { type GitSourceConfig, type RemoteSource, SourceError } from '../types';

/** Opens a git source without git: it has no files, and a fetch reports why. */
export function openWithoutGit(config: GitSourceConfig): RemoteSource {
  const refusal = new SourceError('local', "Git repositories can't be fetched here", {
    advice: 'Use a trusted folder in VS Code on the desktop, or on a server with git.',
  });
  return new RefusedSource(config, refusal);
}

/** A git source that is never fetched. */
export class RefusedSource extends ConfiguredSource<GitSourceConfig> implements RemoteSource {
  readonly reportsProblems = true;
  readonly fileSystem = emptyFileSystem;
  readonly fetchedAt = undefined;
  readonly onDidChange: RemoteSource['onDidChange'] = () => toDisposable(() => {});
  readonly #refusal: SourceError;

  constructor(config: GitSourceConfig, refusal: SourceError) {
    super(config);
    this.#refusal = refusal;
  }

  read: RemoteSource['read'] = () => Promise.resolve(emptyIndexState);

  fetch: RemoteSource['fetch'] = () => Promise.reject(this.#refusal);

  displayPath(uri: string): string {
    return uri;
  }

  async restore(): Promise<void> {}

  async forget(): Promise<void> {}

  dispose(): void {}
}
