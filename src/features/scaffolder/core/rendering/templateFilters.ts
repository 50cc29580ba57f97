import type { TemplateFilter, TemplateValue } from 'nunjitsu';
import { isRecord } from '../../../../base';
import { type EntityRefContext, readEntityRef } from '../../../../model';
import { parseRepoUrl, type RepoHosts } from '../../../scm/core/forges';

type Value = TemplateValue | undefined;

/** Filters that Backstage adds to the language. Source: `createDefaultFilters`. */
export function templateFilters(hosts: RepoHosts): Readonly<Record<string, TemplateFilter>> {
  return {
    parseRepoUrl: url => withoutUndefined(parseRepoUrl(plainText(url), hosts)),
    parseEntityRef: parseRef,
    pick,
    projectSlug: url => {
      const { owner, repo } = parseRepoUrl(plainText(url), hosts);
      return `${owner}/${repo}`;
    },
  };
}

/**
 * Converts a value to text as JavaScript does.
 * @throws TypeError for objects
 */
function plainText(value: unknown): string {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map(item => (item === undefined || item === null ? '' : plainText(item))).join();
  }
  if (isRecord(value)) throw new TypeError('Cannot convert object to primitive value');
  return `${value as string}`;
}

function parseRef(ref: Value, context: Value): TemplateValue {
  const result = readEntityRef(ref, isRecord(context) ? contextOf(context) : {});
  if (!result.ok) throw new Error(result.error);
  return { ...result.value };
}

function contextOf({ defaultKind, defaultNamespace }: Record<string, unknown>): EntityRefContext {
  return {
    ...(typeof defaultKind === 'string' ? { defaultKind } : {}),
    ...(typeof defaultNamespace === 'string' ? { defaultNamespace } : {}),
  };
}

/** `get` of lodash for own properties: `a.b[0].c` reads nested values, unless a key has exactly this name. */
function pick(value: Value, path: Value): Value {
  if (Array.isArray(path)) return valueAt(value, path.map(plainText));
  if (typeof path !== 'string' && typeof path !== 'number') return undefined;
  const name = String(path);
  if (own(value, name) !== undefined) return own(value, name);
  return valueAt(
    value,
    name
      .split(/[.[\]]+/)
      .filter(Boolean)
      .map(key => key.replace(/^(['"])(.*)\1$/, '$2')),
  );
}

function valueAt(value: Value, keys: readonly string[]): Value {
  if (keys.length === 0) return undefined;
  let current: Value = value;
  for (const key of keys) {
    current = own(current, key);
    if (current === undefined) return undefined;
  }
  return current;
}

function own(value: Value, key: string): Value {
  if (value === undefined || value === null) return undefined;
  // Texts have characters and a length.
  const object: object = Object(value) as object;
  return Object.hasOwn(object, key) ? (Reflect.get(object, key) as Value) : undefined;
}

function withoutUndefined(value: object): Record<string, TemplateValue> {
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, TemplateValue] => entry[1] !== undefined,
    ),
  );
}
