import { isSameRepository, readingNotAllowed, type UrlReader } from '../../../scm/core/urlReaders';
import {
  BUILTIN_KEYS,
  invalid,
  outsideRepository,
  type PlaceholderError,
  type PlaceholderKey,
  type PlaceholderReading,
  type PlaceholderResult,
  replacePlaceholdersIn,
} from './placeholderResolution';

/** Base and permissions for a server's placeholders. */
export interface ServedPlaceholders {
  /** URL of the entity, or path of a `file` location. */
  readonly base: string;
  /** Maximum size of files, in bytes. */
  readonly maxFileSize: number;
  readonly urls: UrlReader;
  /** Whether the server may read from a URL. */
  readonly isReadable: (url: string) => boolean;
}

/**
 * Resolves placeholders like a server: of an entity that was read by URL, to other URLs, on Git
 * hosts only in the same repository; in a `file` location, only absolute URLs. An unreadable one
 * fails the entity.
 *
 * A server needs a module for `$openapi` and `$asyncapi`. It is assumed if descriptors are read by
 * URL, because the two have no other use.
 */
export async function resolveServedPlaceholders(
  value: unknown,
  { base, urls, isReadable, maxFileSize }: ServedPlaceholders,
): Promise<PlaceholderResult> {
  const dependencies = new Set<string>();
  const read: PlaceholderReading = async (key, reference, from) => {
    const url = addressOf(key, reference, { base: from, urls });
    if (!isSameRepository(url, base, urls.integrations)) throw outsideRepository(key, reference);
    if (!isReadable(url))
      throw unreadable(key, reference, `NotAllowedError: ${readingNotAllowed(url)}`);
    dependencies.add(url);
    let text: string;
    try {
      ({ text } = await urls.read(url));
    } catch (error) {
      throw unreadable(key, reference, String(error));
    }
    if (text.length > maxFileSize) {
      throw unreadable(key, reference, `Error: it is larger than ${maxFileSize} bytes`);
    }
    return { text, uri: url };
  };
  const keys = URL.canParse(base) ? undefined : BUILTIN_KEYS;
  const result = await replacePlaceholdersIn(value, { base, read, ...(keys && { keys }) });
  return { ...result, dependencies: [...dependencies] };
}

function addressOf(
  key: PlaceholderKey,
  reference: string,
  { base, urls }: { base: string; urls: UrlReader },
): string {
  try {
    return urls.integrations.resolveUrl(reference, base);
  } catch (error) {
    throw invalid(
      `Placeholder ${key} could not form a URL out of ${base} and ${reference}, ${String(error)}`,
    );
  }
}

function unreadable(key: PlaceholderKey, reference: string, reason: string): PlaceholderError {
  return invalid(`Placeholder ${key} could not read location ${reference}, ${reason}`);
}
