import type { Event } from '../../../../../base';
import type { ScmIntegrations, UrlReader } from '../../../../scm/core/urlReaders';

/** URLs that a starting server needs. */
export interface UrlDemand {
  /** URIs of the configs, which identify the server. */
  readonly configs: readonly string[];
  readonly integrations: ScmIntegrations;
  /** Kinds of Git hosts, by the hosts with integrations. */
  readonly forges: ReadonlyMap<string, string>;
  /** Other hosts that it may read from, in the syntax of `AllowedHosts`. */
  readonly hosts: readonly string[];
  /**
   * Runs a server with the same config on the available content, which requests every URL it
   * reaches.
   *
   * @throws AbortError only
   */
  follow(urls: UrlReader, signal: AbortSignal): Promise<void>;
}

/** Content of URLs for one server, from a copy that is updated over time. */
export interface ServedUrls {
  /** Reads the copy only: missing content fails and is fetched in the background. */
  readonly reader: UrlReader;
  /** URI of the root folder of the files. */
  readonly root: string;
  /**
   * Switches to the latest version of the copy.
   *
   * @returns the addresses with changed content; undefined if the server must start anew, because
   * it started without content that is available now
   */
  applyChanges(): ReadonlySet<string> | undefined;
}

/** Source of URL content for the catalogs of Backstages. */
export interface BackstageUrls {
  /** Opens the content for a server; undefined if remote locations aren't read. */
  open(demand: UrlDemand): ServedUrls | undefined;
  /** Fires when new content is available. */
  readonly onDidChange: Event<void>;
}
