import { joinUri } from '../../../../base';
import type { ScmIntegrations } from './scmIntegrations';

/** A file read from a URL. */
export interface UrlFile {
  /** URL of the file itself, even if a pattern was requested. */
  readonly url: string;
  /** Includes a byte order mark if requested as a file. */
  readonly text: string;
}

/** Files at a URL. */
export interface UrlSearch {
  readonly files: readonly UrlFile[];
  /** Advice as a sentence if there are none. */
  readonly advice?: string | undefined;
}

/** Error name for URLs that the copy doesn't contain yet, so that the server's result is unknown. */
export const NOT_READ_YET = 'NotReadYetError';

/** A URL can't be read, with Backstage's message. */
export class UrlReadError extends Error {
  /** `NotFoundError`, `NotAllowedError`, {@link NOT_READ_YET}, or `Error`. */
  override readonly name: string;
  /** Advice as a sentence; Backstage has none. */
  readonly advice: string | undefined;

  constructor(name: string, message: string, advice?: string) {
    super(message);
    this.name = name;
    this.advice = advice;
  }
}

/**
 * Reads files at URLs for descriptors.
 *
 * Source: `UrlReaderService` of `@backstage/backend-plugin-api`.
 */
export interface UrlReader {
  readonly integrations: ScmIntegrations;
  /** @throws UrlReadError; AbortError */
  read(url: string, signal?: AbortSignal): Promise<UrlFile>;
  /**
   * Finds files at a URL, which may have wildcards; none is not an error.
   *
   * @throws like `read`
   */
  search(url: string, signal?: AbortSignal): Promise<UrlSearch>;
  /** Announces URLs that will be read soon, so that they can be fetched in parallel. */
  prepare?(urls: readonly string[]): void;
}

/** Returns Backstage's message for a URL that no integration or permission covers. */
export function readingNotAllowed(url: string): string {
  return `Reading from '${url}' is not allowed. You may need to configure an integration for the target host, or add it to the configured list of allowed hosts at 'backend.reading.allow'`;
}

/**
 * Returns a unique URI for a URL below a root: `<root>/<host>/<path>`. A `path` query parameter, as on Azure,
 * becomes part of the path; the rest of the query comes before it.
 *
 * @param root - URI of a folder
 * @param url - an absolute URL
 */
export function uriOfUrl(root: string, url: string): string {
  const { protocol, host, pathname, searchParams, hash } = new URL(url);
  const scheme = protocol === 'https:' ? '' : protocol;
  const path = searchParams.get('path') ?? '';
  const isPlace = isPlain(path);
  if (isPlace) searchParams.delete('path');
  const query = searchParams.size ? [`?${searchParams}`] : [];
  // Keeps empty names distinct.
  const written = pathname
    .split('/')
    .slice(1)
    .map(segment => segment || '?');
  const name = isPlace ? [] : written.splice(-1).map(segment => `${segment}${hash}`);
  const place = isPlace ? [`?path${hash}`, ...path.split('/').slice(1)] : [];
  const segments = [`${scheme}${host}`, ...written, ...query, ...name, ...place];
  return joinUri(root, segments.join('/'));
}

/** Whether a path has only one spelling. */
function isPlain(path: string): boolean {
  return (
    path.startsWith('/') &&
    path
      .split('/')
      .slice(1)
      .every(name => !/^\.{0,2}$/.test(name))
  );
}
