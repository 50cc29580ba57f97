import { readingNotAllowed } from '../../../scm/core/urlReaders';
import type { FieldPath } from '../ingest/yaml/yamlDocument';
import {
  BUILTIN_KEYS,
  expectedString,
  type PlaceholderIssue,
  type PlaceholderKey,
  placeholderKey,
  type PlaceholderResult,
} from './placeholderResolution';

/**
 * What a server makes of the placeholders of a `file` location: from a path and a relative reference
 * it can form no URL, and it reads from few hosts, so that the first placeholder fails the entity.
 * Those that it would read from the web are left in the value. Messages are the server's.
 */
export function refusePlaceholders(
  value: unknown,
  {
    path: base,
    isReadable,
  }: {
    /** Of the file that the value stands in. */
    readonly path: string;
    readonly isReadable: (url: string) => boolean;
  },
): PlaceholderResult {
  const issues: PlaceholderIssue[] = [];
  const unread: FieldPath[] = [];
  for (const { key, reference, path } of placeholdersOf(value, [])) {
    if (!BUILTIN_KEYS.has(key)) continue;
    issues.push({ ...refusal(key, reference, { base, isReadable }), path: [...path, key] });
    unread.push(path);
  }
  return { value, issues, unread, dependencies: [] };
}

function refusal(
  key: PlaceholderKey,
  reference: unknown,
  { base, isReadable }: { base: string; isReadable: (url: string) => boolean },
): Omit<PlaceholderIssue, 'path'> {
  const code = 'placeholder-invalid';
  if (typeof reference !== 'string') return { code, message: expectedString(key) };
  if (!URL.canParse(reference)) {
    const why = reference.startsWith('/') ? 'Error: URL parsing failed.' : 'TypeError: Invalid URL';
    const message = `Placeholder ${key} could not form a URL out of ${base} and ${reference}, ${why}`;
    return { code, message };
  }
  if (isReadable(reference))
    return { code: 'placeholder-not-read', message: notRead(key, reference) };
  const message = `Placeholder ${key} could not read location ${reference}, NotAllowedError: ${readingNotAllowed(reference)}`;
  return { code, message };
}

export function notRead(key: PlaceholderKey, reference: string): string {
  return `Placeholder ${key} leads to ${reference}, which is not read: only files of this repository are`;
}

/** In the order in which they are written. */
function* placeholdersOf(
  value: unknown,
  path: FieldPath,
): Generator<{ key: PlaceholderKey; reference: unknown; path: FieldPath }> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* placeholdersOf(item, [...path, index]);
    return;
  }
  const key = placeholderKey(value);
  if (key) yield { key, reference: (value as Record<string, unknown>)[key], path };
  const entries = Object.entries(value);
  if (entries.some(([name]) => name.startsWith('$'))) return;
  for (const [name, item] of entries) yield* placeholdersOf(item, [...path, name]);
}
