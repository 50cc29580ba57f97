import { readingNotAllowed } from '../../../scm/core/urlReaders';
import {
  BUILTIN_KEYS,
  invalid,
  notRead,
  type PlaceholderError,
  type PlaceholderKey,
  type PlaceholderResult,
  replacePlaceholdersIn,
} from './placeholderResolution';

/**
 * Rejects the placeholders of a `file` location like a server: it can't resolve relative references
 * against a path and reads from few hosts, so that the first placeholder fails the entity.
 * Placeholders that it would read from the web are kept. Messages are the server's.
 */
export async function refusePlaceholders(
  value: unknown,
  {
    path: base,
    isReadable,
  }: {
    /** Path of the file with the value. */
    readonly path: string;
    readonly isReadable: (url: string) => boolean;
  },
): Promise<PlaceholderResult> {
  const result = await replacePlaceholdersIn(value, {
    base,
    keys: BUILTIN_KEYS,
    read: (key, reference) => Promise.reject(refusal(key, reference, { base, isReadable })),
  });
  return { ...result, dependencies: [] };
}

function refusal(
  key: PlaceholderKey,
  reference: string,
  { base, isReadable }: { base: string; isReadable: (url: string) => boolean },
): PlaceholderError {
  if (!URL.canParse(reference)) {
    const why = reference.startsWith('/') ? 'Error: URL parsing failed.' : 'TypeError: Invalid URL';
    return invalid(
      `Placeholder ${key} could not form a URL out of ${base} and ${reference}, ${why}`,
    );
  }
  if (isReadable(reference)) return notRead(key, reference);
  return invalid(
    `Placeholder ${key} could not read location ${reference}, NotAllowedError: ${readingNotAllowed(reference)}`,
  );
}
