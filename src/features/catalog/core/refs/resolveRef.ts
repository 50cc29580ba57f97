import type { CatalogService } from '../../../../api';
import { failure, ok, type Result } from '../../../../base';
import { readEntityRef, stringifyEntityRef } from '../../../../model';
import { nearest } from '../../../../platform/core';

/** As many candidates as are named in a message. */
const MAX_NAMED = 10;

/**
 * The full ref that somebody meant: whole, without its namespace (`component:shop`), or the name
 * alone where only one entity has it; letter case does not matter. One that is only referred to counts, too.
 * Otherwise a sentence that says which may be meant.
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
