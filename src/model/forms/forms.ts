import { isRecord, ownValue } from '../../base';
import type { JsonObject, JsonValue } from '../entity';

/** Path of keys to a nested value. */
export type ValuePath = readonly (string | number)[];

/** Formats a path as a JSON pointer: `/owner/0`. */
export function pointerOf(path: ValuePath): string {
  return path.map(key => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Returns the value at a path; undefined if there is none. */
export function valueAt(value: JsonValue | undefined, path: ValuePath): JsonValue | undefined {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key) as JsonValue;
  }
  return found;
}

/**
 * Returns a copy with another value at a path, creating missing objects and lists on the way;
 * undefined removes the value.
 */
export function withValueAt(
  value: JsonObject,
  path: ValuePath,
  replacement: JsonValue | undefined,
): JsonObject {
  const changed = replaced(value, path, replacement);
  return isRecord(changed) ? changed : {};
}

function replaced(
  value: JsonValue | undefined,
  path: ValuePath,
  replacement: JsonValue | undefined,
): JsonValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (typeof key === 'number') {
    const items = Array.isArray(value) ? [...value] : [];
    const item = replaced(items[key], rest, replacement);
    if (item === undefined) items.splice(key, 1);
    else items[key] = item;
    // Lists have no gaps: missing items are null, as in JSON.
    return Array.from(items, one => one ?? null);
  }
  const entries = new Map(isRecord(value) ? Object.entries(value) : []);
  const item = replaced(entries.get(key), rest, replacement);
  if (item === undefined) entries.delete(key);
  else entries.set(key, item);
  return Object.fromEntries(entries);
}

/** Parts of a repository URL of a `RepoUrlPicker`; missing parts are empty. */
export interface RepoUrlParts {
  readonly host: string;
  readonly owner: string;
  readonly repo: string;
  readonly organization: string;
  readonly workspace: string;
  readonly project: string;
}

const names = ['owner', 'repo', 'organization', 'workspace', 'project'] as const;

/**
 * Parses a repository URL such as `github.com?owner=acme&repo=shop`, which may be incomplete.
 *
 * Source: `parseRepoPickerUrl` of `@backstage/plugin-scaffolder`.
 */
export function readRepoUrl(text: string): RepoUrlParts {
  const url =
    text !== '' && URL.canParse(`https://${text}`) ? new URL(`https://${text}`) : undefined;
  const part = (name: string): string => url?.searchParams.get(name) ?? '';
  return {
    host: url?.host ?? '',
    owner: part('owner'),
    repo: part('repo'),
    organization: part('organization'),
    workspace: part('workspace'),
    project: part('project'),
  };
}

/**
 * Formats a repository URL.
 *
 * Source: `serializeRepoPickerUrl` of `@backstage/plugin-scaffolder`, order of the parts included.
 *
 * @returns undefined without a host
 */
export function stringifyRepoUrl(parts: RepoUrlParts): string | undefined {
  if (parts.host === '') return undefined;
  const entries = names.filter(name => parts[name] !== '').map(name => [name, parts[name]]);
  return `${parts.host}?${new URLSearchParams(entries).toString()}`;
}

/** Returns the paths of values that were added. Lists are compared as a whole. */
export function addedPaths(
  before: JsonObject,
  after: JsonObject,
  path: ValuePath = [],
): readonly ValuePath[] {
  return Object.entries(after).flatMap(([name, value]) => {
    const own = ownValue(before, name);
    if (own === undefined) return [[...path, name]];
    return isRecord(own) && isRecord(value) ? addedPaths(own, value, [...path, name]) : [];
  });
}
