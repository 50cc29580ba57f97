import { isRecord } from '../../../../base';
import type { KindRegistry } from '../../../../model/validation';
import { nameDistance, nearest } from '../../../../platform/core';

const MAX_SUGGESTIONS = 3;

/**
 * What may have been meant by a kind that nobody knows under its version: the versions that there are of
 * it, or kinds of nearly this name, those of the version first.
 */
export function knownInstead(
  document: unknown,
  field: 'apiVersion' | 'kind',
  kinds: KindRegistry,
): readonly string[] {
  const { apiVersion, kind } = isRecord(document) ? document : {};
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') return [];
  const known = kinds.knownKinds();
  const meant =
    field === 'apiVersion'
      ? known.filter(other => other.kind === kind).flatMap(({ apiVersions }) => apiVersions)
      : [known.filter(other => other.apiVersions.includes(apiVersion)), known]
          .flatMap(kindsToCompare => nearest(kind, kindsToCompare, other => other.kind))
          .map(near => near.kind);
  return [...new Set(meant)].slice(0, MAX_SUGGESTIONS);
}

/**
 * Whether the apiVersion of a document is misspelt: nearly one that its kind is known under. Kubernetes and
 * others have kinds of the same names under versions that are quite different.
 */
export function hasMisspeltVersion(document: unknown, kinds: KindRegistry): boolean {
  const { apiVersion, kind } = isRecord(document) ? document : {};
  if (typeof apiVersion !== 'string') return false;
  return kinds
    .knownKinds()
    .some(
      known =>
        known.kind === kind &&
        known.apiVersions.some(version => nameDistance(apiVersion, version) !== undefined),
    );
}
