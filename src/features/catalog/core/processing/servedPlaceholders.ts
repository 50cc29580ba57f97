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

/** Where a server finds placeholders, and what it may read for them. */
export interface ServedPlaceholders {
  /** What the entity was read from: a URL, or the path of a `file` location. */
  readonly base: string;
  /** In bytes. */
  readonly maxFileSize: number;
  readonly urls: UrlReader;
  /** Whether the server would try to read from a URL at all. */
  readonly isReadable: (url: string) => boolean;
}

/**
 * What a server makes of placeholders: beside what it reads by URL, they are other addresses there, on forges in the same
 * repository; beside a `file` location only whole addresses can be read. One that cannot fails the entity.
 *
 * A server takes a module for `$openapi` and `$asyncapi`. It is taken for granted where descriptors are read by URL, as
 * there is no other use for the two.
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
