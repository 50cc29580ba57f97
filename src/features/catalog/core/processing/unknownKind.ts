import { isRecord } from '../../../../base';
import type { KindRegistry } from '../../../../model/validation';
import { nameDistance, nearNames } from '../../../../platform/core';

const MAX_SUGGESTIONS = 3;

/**
 * Suggests corrections of an unknown kind: its known apiVersions, or kinds with a similar name,
 * those of the same apiVersion first.
 */
export function knownInstead(
  document: unknown,
  field: 'apiVersion' | 'kind',
  kinds: KindRegistry,
): readonly string[] {
  const { apiVersion, kind } = isRecord(document) ? document : {};
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') return [];
  const known = kinds.knownKinds();
  const candidates =
    field === 'apiVersion'
      ? known.filter(other => other.kind === kind).flatMap(other => other.apiVersions)
      : [known.filter(other => other.apiVersions.includes(apiVersion)), known].flatMap(
          kindsToCompare =>
            nearNames(
              kind,
              kindsToCompare.map(other => other.kind),
            ),
        );
  return [...new Set(candidates)].slice(0, MAX_SUGGESTIONS);
}

/**
 * Whether a document's apiVersion is similar to a known one of its kind, and thus misspelled.
 * Kubernetes and others have kinds with the same names under quite different versions.
 */
export function hasMisspelledVersion(
  { apiVersion, kind }: Readonly<Record<string, unknown>>,
  kinds: ReturnType<KindRegistry['knownKinds']>,
): boolean {
  return (
    typeof apiVersion === 'string' &&
    kinds.some(known => known.kind === kind && resemblesVersion(apiVersion, known.apiVersions))
  );
}

/** Whether an apiVersion is similar to one of the known ones, or equal. */
export function resemblesVersion(apiVersion: string, known: readonly string[]): boolean {
  return known.some(version => nameDistance(apiVersion, version) !== undefined);
}
