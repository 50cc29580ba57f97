import { isRecord } from '../../../../base';
import type { KindRegistry } from '../../../../model/validation';
import { slipsBetween } from '../graph/nearestRefs';

const MAX_SUGGESTIONS = 3;

/** The longest kind that Backstage takes. */
const MAX_LENGTH = 63;

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
      : known
          .map(other => ({
            kind: other.kind,
            slips: slipsIn(kind, other.kind),
            isOther: !other.apiVersions.includes(apiVersion),
          }))
          .filter(({ slips }) => slips !== undefined)
          .sort((a, b) => Number(a.isOther) - Number(b.isOther) || (a.slips ?? 0) - (b.slips ?? 0))
          .map(near => near.kind);
  return [...new Set(meant)].slice(0, MAX_SUGGESTIONS);
}

/** More is another group, such as `dapr.io`. */
const MAX_SLIPS_IN_VERSION = 3;

/**
 * Whether the apiVersion of a document is misspelt: nearly one that its kind is known under. Kubernetes and
 * others have kinds of the same names under versions that are quite different.
 */
export function hasMisspeltVersion(document: unknown, kinds: KindRegistry): boolean {
  const { apiVersion, kind } = isRecord(document) ? document : {};
  if (typeof apiVersion !== 'string' || apiVersion.length > MAX_LENGTH) return false;
  return kinds
    .knownKinds()
    .some(
      known =>
        known.kind === kind &&
        known.apiVersions.some(
          version =>
            slipsBetween(apiVersion.toLowerCase(), version.toLowerCase()) <= MAX_SLIPS_IN_VERSION,
        ),
    );
}

/** Undefined where they are two words. */
function slipsIn(written: string, kind: string): number | undefined {
  if (written.length > MAX_LENGTH) return undefined;
  const slips = slipsBetween(written.toLowerCase(), kind.toLowerCase());
  return slips <= Math.min(2, Math.floor(kind.length / 3)) ? slips : undefined;
}
