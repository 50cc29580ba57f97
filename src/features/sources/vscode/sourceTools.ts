import type { Logger } from '../../../base';
import type {
  GitMirrors,
  ListenForCallback,
  StreamingHttpClient,
} from '../../../platform/core/ports';
import type { openWildcards } from '../core';

/** The parts of sources that differ between hosts: HTTP, git and sign-in. */
export interface SourceTools {
  /** @param isNamed - whether the user has named a host: without that, this machine is out of reach */
  openHttp(isNamed: (host: string) => boolean): Promise<StreamingHttpClient>;
  /** Waits for a browser to be sent back to this machine; undefined where nothing can listen. */
  readonly listenForCallback: ListenForCallback | undefined;
  /** Undefined where there is no git. */
  readonly openWildcards: typeof openWildcards | undefined;
  /**
   * Mirrors of repositories in a folder (a URI); undefined where there is no git.
   *
   * @param options.isNamed - as above
   */
  readonly openMirrors:
    | ((
        folder: string,
        options: { readonly isNamed: (host: string) => boolean; readonly logger: Logger },
      ) => Promise<GitMirrors>)
    | undefined;
}
