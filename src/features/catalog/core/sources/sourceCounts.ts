import type { NotAllowedKind } from '../../../../api';
import { compoundRefOf } from '../packing/packedEntity';
import type { IndexedFile } from '../workspace/files/indexedFile';
import { kindRules } from './kindRules';

/** Number of entities in a source's copy, and of those that its rules exclude. */
export interface SourceCounts {
  readonly entities: number;
  /** Excluded kinds, most frequent first. */
  readonly notAllowed: readonly NotAllowedKind[];
}

/**
 * Counts the entities of a source before its rules are applied.
 *
 * @param allow - see `CatalogSource.allow`
 */
export function countSourceEntities(
  files: Iterable<Pick<IndexedFile, 'record'>>,
  allow: readonly string[],
): SourceCounts {
  const rules = kindRules(allow);
  const refused = new Map<string, { kind: string; entities: number }>();
  let entities = 0;
  for (const { record } of files) {
    entities += record.entities.length;
    if (rules.isOpen) continue;
    for (const entity of record.entities) {
      const { kind } = compoundRefOf(entity);
      if (rules.allows(kind)) continue;
      const count = refused.get(kind.toLowerCase());
      if (count) count.entities++;
      else refused.set(kind.toLowerCase(), { kind, entities: 1 });
    }
  }
  const notAllowed = [...refused.values()].sort(
    (a, b) => b.entities - a.entities || (a.kind < b.kind ? -1 : 1),
  );
  return { entities, notAllowed };
}
