import { joinUri } from '../../../../base';
import type { ScmIntegrations } from './scmIntegrations';

/** A file that was read from another machine. */
export interface UrlFile {
  /** Its own address, which is not that of a pattern that it matches. */
  readonly url: string;
  /** Where it was asked for as a file, a byte order mark is a part of it. */
  readonly text: string;
}

/** What an address leads to. */
export interface UrlSearch {
  readonly files: readonly UrlFile[];
  /** Where there is none: what to do, as a sentence. */
  readonly advice?: string | undefined;
}

/** Name of the error where a copy has nothing of an address yet, so that nobody knows what a server would say. */
export const NOT_READ_YET = 'NotReadYetError';

/** Why there is nothing to read, in the words of a server. */
export class UrlReadError extends Error {
  /** `NotFoundError`, `NotAllowedError`, {@link NOT_READ_YET}, or `Error`. */
  override readonly name: string;
  /** What to do, as a sentence; a server does not say it. */
  readonly advice: string | undefined;

  constructor(name: string, message: string, advice?: string) {
    super(message);
    this.name = name;
    this.advice = advice;
  }
}

/**
 * What stands at addresses on other machines, for who reads descriptors.
 *
 * Source: `UrlReaderService` of `@backstage/backend-plugin-api`.
 */
export interface UrlReader {
  readonly integrations: ScmIntegrations;
  /** @throws UrlReadError; AbortError */
  read(url: string, signal?: AbortSignal): Promise<UrlFile>;
  /**
   * What an address leads to, which may hold wildcards: no file where there is none.
   *
   * @throws as `read` does
   */
  search(url: string, signal?: AbortSignal): Promise<UrlSearch>;
  /** Says that it will be asked for these soon, so that they can be read at once. */
  prepare?(urls: readonly string[]): void;
}

/** What a server says of a URL that it has neither an integration nor a permission for. */
export function readingNotAllowed(url: string): string {
  return `Reading from '${url}' is not allowed. You may need to configure an integration for the target host, or add it to the configured list of allowed hosts at 'backend.reading.allow'`;
}

/**
 * The URI of what stands at an address, among others below a root: `<root>/<host>/<path>`. No two addresses have the same
 * one. What a query says of the file's place, as with Azure, becomes part of the path; the rest of it stands before.
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
  // A name that is empty must not vanish.
  const written = pathname
    .split('/')
    .slice(1)
    .map(segment => segment || '?');
  const name = isPlace ? [] : written.splice(-1).map(segment => `${segment}${hash}`);
  const place = isPlace ? [`?path${hash}`, ...path.split('/').slice(1)] : [];
  const segments = [`${scheme}${host}`, ...written, ...query, ...name, ...place];
  return joinUri(root, segments.join('/'));
}

/** Whether a path is one that no other means the same as. */
function isPlain(path: string): boolean {
  return (
    path.startsWith('/') &&
    path
      .split('/')
      .slice(1)
      .every(name => !/^\.{0,2}$/.test(name))
  );
}
