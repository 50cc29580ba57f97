import type { TemplateFilter, TemplateValue } from 'nunjitsu';
import { isRecord } from '../../../base';
import { type EntityRefContext, readEntityRef } from '../../../model';
import { textOf } from './textOf';
import { parseRepoUrl, type RepoHosts } from './repoUrl';

type Value = TemplateValue | undefined;

/** The filters that Backstage adds to those of the language. Source: `createDefaultFilters`. */
export function templateFilters(hosts: RepoHosts): Readonly<Record<string, TemplateFilter>> {
  return {
    parseRepoUrl: url => withoutUndefined(parseRepoUrl(textOf(url), hosts)),
    parseEntityRef: parseRef,
    pick,
    projectSlug: url => {
      const { owner, repo } = parseRepoUrl(textOf(url), hosts);
      return `${owner}/${repo}`;
    },
  };
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

/** As `get` of lodash: `a.b[0].c` goes into what lies inside, unless there is a key of just that name. */
function pick(value: Value, path: Value): Value {
  if (typeof path !== 'string' && typeof path !== 'number') return undefined;
  const name = String(path);
  if (hasOwn(value, name)) return own(value, name);
  let current: Value = value;
  for (const key of name.split(/[.[\]]+/).filter(Boolean)) {
    current = own(current, key.replace(/^(['"])(.*)\1$/, '$2'));
    if (current === undefined) return undefined;
  }
  return current === value ? undefined : current;
}

function hasOwn(value: Value, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

function own(value: Value, key: string): Value {
  if (typeof value === 'string' && key === 'length') return value.length;
  if (!hasOwn(value, key)) return undefined;
  return Reflect.get(value as object, key) as Value;
}

function withoutUndefined(value: object): Record<string, TemplateValue> {
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, TemplateValue] => entry[1] !== undefined,
    ),
  );
}
