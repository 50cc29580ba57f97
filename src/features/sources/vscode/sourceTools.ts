import type { Logger } from '../../../base';
import type {
  GitMirrors,
  ListenForCallback,
  StreamingHttpClient,
} from '../../../platform/core/ports';
import type { openWildcards } from '../core';

/** The parts of sources that differ between hosts: HTTP, git and sign-in. */
export interface SourceTools {
  /** @param isNamed - whether the user has named a host; without that, this machine is out of reach */
  openHttp(isNamed: (host: string) => boolean): Promise<StreamingHttpClient>;
  /** Waits for the browser's redirect to this machine; undefined if it can't listen. */
  readonly listenForCallback: ListenForCallback | undefined;
  /** Undefined without git. */
  readonly openWildcards: typeof openWildcards | undefined;
  /**
   * Opens mirrors of repositories in a folder (a URI); undefined without git.
   *
   * @param options.isNamed - as in `openHttp`
   */
  readonly openMirrors:
    | ((
        folder: string,
        options: { readonly isNamed: (host: string) => boolean; readonly logger: Logger },
      ) => Promise<GitMirrors>)
    | undefined;
}
