import type { Event } from '../../../../../base';
import type { ScmIntegrations, UrlReader } from '../../../../scm/core/urlReaders';

/** What a server that is about to start reads from other machines, and how that is found out. */
export interface UrlDemand {
  /** URIs of its configs: another server has others. */
  readonly configs: readonly string[];
  readonly integrations: ScmIntegrations;
  /** Kinds of forges by the hosts that it has integrations for. */
  readonly forges: ReadonlyMap<string, string>;
  /** Other hosts that it may read from, as `AllowedHosts` takes them. */
  readonly hosts: readonly string[];
  /**
   * Lets a server with the same config start from what is at hand, and ask for everything that it comes to.
   *
   * @throws AbortError alone
   */
  follow(urls: UrlReader, signal: AbortSignal): Promise<void>;
}

/** What stands at addresses for one server, as a copy has it, which becomes another from time to time. */
export interface ServedUrls {
  /** Asks nobody: what the copy does not have fails, and is asked for in the background. */
  readonly reader: UrlReader;
  /** URI of the folder that what was read is said to lie below. */
  readonly root: string;
  /**
   * Goes on with the copy as it is by now, of which the server had the last good version so far.
   *
   * @returns the addresses that have something else by now; undefined where a server is to start anew, as it did without
   * what is there now
   */
  takeUp(): ReadonlySet<string> | undefined;
}

/** Where a catalog that is a Backstage's has what stands at addresses. */
export interface BackstageUrls {
  /** Undefined where nothing is read from other machines. */
  open(demand: UrlDemand): ServedUrls | undefined;
  /** There is something to be taken up. */
  readonly onDidChange: Event<void>;
}
