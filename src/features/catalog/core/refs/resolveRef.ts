import type { CatalogService } from '../../../../api';
import { failure, ok, type Result } from '../../../../base';
import { readEntityRef, stringifyEntityRef } from '../../../../model';
import { nearest } from '../../../../platform/core';

/** Maximum number of candidates in a message. */
const MAX_NAMED = 10;

/**
 * Resolves user input to a full ref: a full ref, a ref without namespace (`component:shop`), or a
 * name that only one entity has, in any case. A missing entity counts if others refer to it. Fails
 * with a message that lists candidates.
 */
export function resolveRef(
  written: string,
  catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntityRefs' | 'getRelations'>,
): Result<string> {
  const kindless = '?';
  const parsed = readEntityRef(written, { defaultKind: kindless });
  if (!parsed.ok) return parsed;
  const wanted = parsed.value;
  const ref = stringifyEntityRef(wanted);
  if (wanted.kind !== kindless) {
    if (catalog.getEntityByRef(ref) ?? catalog.getRelations(ref).length) return ok(ref);
  }
  const [kind, name] = [wanted.kind.toLowerCase(), wanted.name.toLowerCase()];
  const namespace = written.includes('/') ? wanted.namespace.toLowerCase() : undefined;
  const refs = catalog.getEntityRefs();
  const candidates = refs.filter(candidate => {
    if (!candidate.endsWith(name)) return false;
    const read = readEntityRef(candidate);
    return (
      read.ok &&
      read.value.name === name &&
      (kind === kindless || read.value.kind === kind) &&
      (namespace === undefined || read.value.namespace === namespace)
    );
  });
  const [only, ...others] = candidates;
  if (only !== undefined && !others.length) return ok(only);
  if (only !== undefined) return failure(`"${written}" may mean ${list(candidates)}`);
  const near = nearest(name, refs, other => other.slice(other.indexOf('/') + 1));
  return failure(
    `There is no entity "${written}"${near.length ? `. Did you mean ${list(near)}?` : ''}`,
  );
}

function list(refs: readonly string[]): string {
  const more = refs.length - MAX_NAMED;
  const named = refs.slice(0, MAX_NAMED);
  return more > 0 ? `${named.join(', ')} or one of ${more} more` : named.join(' or ');
}
