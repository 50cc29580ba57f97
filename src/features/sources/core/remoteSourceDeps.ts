import type { Logger } from '../../../base';
import type { BlobStore, Clock, GitMirrors } from '../../../platform/core/ports';
import type { SourceCredentials, SourceHttp } from './types';
import type { LoadWildcards } from './url/wildcards/openWildcards';

/** What all sources of a window, or of a command line, have in common. */
export interface RemoteSourceDeps {
  readonly http: SourceHttp;
  /** Undefined where there is no git: in browsers, and in workspaces that are not trusted. */
  readonly mirrors: GitMirrors | undefined;
  /** What git has of repositories that addresses with wildcards are of, for all sources; undefined where there is no git. */
  readonly wildcards?: LoadWildcards | undefined;
  /** Of this source alone; undefined where nothing can be kept. */
  readonly store: BlobStore | undefined;
  readonly credentials: SourceCredentials;
  /** What kind of forge answers on a host: `github`, `gitlab`, `bitbucketCloud`, …, as with templates. */
  readonly hosts: () => ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly logger: Logger;
}
