import type { Logger } from '../../../base';
import type { BlobStore, Clock, GitMirrors } from '../../../platform/core/ports';
import type { AddressesOfHosts } from '../../scm/core/urlReaders';
import type { SourceCredentials, SourceHttp } from './types';
import type { LoadWildcards } from './url/wildcards/openWildcards';

/** Services shared by all sources of a window or of a command line. */
export interface RemoteSourceDeps {
  readonly http: SourceHttp;
  /** Undefined without git: in browsers and in untrusted workspaces. */
  readonly mirrors: GitMirrors | undefined;
  /** Repositories fetched by git for addresses with wildcards; undefined without git. */
  readonly wildcards?: LoadWildcards | undefined;
  /** Store of this source; undefined if nothing can be stored. */
  readonly store: BlobStore | undefined;
  readonly credentials: SourceCredentials;
  /** Forge types by host, as for templates: `github`, `gitlab`, `bitbucketCloud`, … */
  readonly hosts: () => ReadonlyMap<string, string>;
  /** Returns the addresses that integrations set. */
  readonly addresses?: () => AddressesOfHosts;
  readonly clock: Clock;
  readonly logger: Logger;
}
