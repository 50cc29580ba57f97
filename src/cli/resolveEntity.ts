import { distance } from 'fastest-levenshtein';
import type { CatalogService } from '../api';
import { readEntityRef, stringifyEntityRef } from '../model';
import { UsageError } from './command';

/** As many candidates as are named in a message. */
const maxNamed = 10;

/**
 * The full ref that somebody meant: whole, without its namespace (`component:shop`), or the name
 * alone where only one entity has it. One that is only referred to counts, too. @throws UsageError
 */
export function resolveEntity(written: string, catalog: CatalogService): string {
  const kindless = '?';
  const parsed = readEntityRef(written, { defaultKind: kindless });
  if (!parsed.ok) throw new UsageError(parsed.error);
  const { kind, namespace, name } = parsed.value;
  if (kind !== kindless) {
    const ref = stringifyEntityRef(parsed.value);
    if (catalog.getEntityByRef(ref) ?? catalog.getRelations(ref).length) return ref;
  }
  const isAsWritten = (one: string, other: string): boolean =>
    one.toLowerCase() === other.toLowerCase();
  const refs = catalog.getEntities().map(entity => stringifyEntityRef(entity));
  const candidates = refs.filter(ref => {
    const candidate = readEntityRef(ref);
    return (
      candidate.ok &&
      isAsWritten(candidate.value.name, name) &&
      (kind === kindless || isAsWritten(candidate.value.kind, kind)) &&
      (!written.includes('/') || isAsWritten(candidate.value.namespace, namespace))
    );
  });
  const [only, ...others] = candidates;
  if (only !== undefined && !others.length) return only;
  if (only !== undefined) {
    throw new UsageError(`"${written}" may mean ${list(candidates)}`);
  }
  const near = nearest(name, refs);
  throw new UsageError(
    `There is no entity "${written}"${near.length ? `. Did you mean ${list(near)}?` : ''}`,
  );
}

/** Refs with nearly the same name, the nearest first. */
function nearest(name: string, refs: readonly string[]): readonly string[] {
  const limit = Math.max(2, Math.floor(name.length / 5));
  return refs
    .map(ref => ({ ref, steps: distance(name.toLowerCase(), ref.slice(ref.indexOf('/') + 1)) }))
    .filter(({ steps }) => steps <= limit)
    .sort((a, b) => a.steps - b.steps)
    .slice(0, 3)
    .map(({ ref }) => ref);
}

function list(refs: readonly string[]): string {
  const more = refs.length - maxNamed;
  const named = refs.slice(0, maxNamed);
  return more > 0 ? `${named.join(', ')} or one of ${more} more` : named.join(' or ');
}
