import type { Glob } from '../../../platform/core/globs';

/** Kinds that some locations may add. Source: `CatalogRules.ts` of `plugins/catalog-backend`. */
export interface KindRule {
  /** Undefined for all. */
  readonly allow: readonly KindMatcher[] | undefined;
  /** Undefined for all. */
  readonly locations: readonly LocationMatcher[] | undefined;
}

export interface KindMatcher {
  readonly kind: string;
  readonly specType: string | undefined;
}

/** Matches the configured location, not the one that an entity was found at. */
export interface LocationMatcher {
  readonly type: string;
  /** The exact target; for files an absolute path. */
  readonly exact: string | undefined;
  /** Pattern for the whole target. */
  readonly pattern: Glob | undefined;
}

/** Default rules without `catalog.rules`. */
export const defaultKindRules: readonly KindRule[] = [
  {
    allow: ['Component', 'API', 'Location'].map(kind => ({ kind, specType: undefined })),
    locations: undefined,
  },
];

/** Whether any rule allows a location to add an entity of a kind and `spec.type`. */
export function isKindAllowed(
  rules: readonly KindRule[],
  { kind, specType }: { readonly kind: string; readonly specType: unknown },
  origin: { readonly type: string; readonly target: string },
): boolean {
  return rules.some(
    ({ allow, locations }) =>
      (locations?.some(location => matchesLocation(location, origin)) ?? true) &&
      (allow?.some(
        matcher =>
          isSame(matcher.kind, kind) &&
          (!matcher.specType ||
            (typeof specType === 'string' && isSame(matcher.specType, specType))),
      ) ??
        true),
  );
}

function matchesLocation(
  { type, exact, pattern }: LocationMatcher,
  origin: { readonly type: string; readonly target: string },
): boolean {
  if (type !== origin.type) return false;
  const target = type === 'url' ? canonicalUrl(origin.target) : origin.target;
  if (target === undefined) return false;
  if (exact && exact !== target) return false;
  return pattern?.test(target) ?? true;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Normalizes a URL for rules, so that other spellings can't bypass them; undefined for invalid URLs. */
export function canonicalUrl(url: string): string | undefined {
  try {
    const { protocol, host, pathname, search, hash } = new URL(url);
    const path = pathname
      .split(/\/|%2f|%5c/i)
      .map(decodeOrKeep)
      .join('/')
      .replace(/%2e/gi, '.')
      .replace(/%2f/gi, '/')
      .replace(/%5c|\\/gi, '/');
    return `${protocol}//${host}${path}${decodeOrKeep(search)}${decodeOrKeep(hash)}`;
  } catch {
    // Not a URL: no rule for URLs matches it.
    return undefined;
  }
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    // A stray `%` stands for itself.
    return text;
  }
}
