import type { CatalogService, EntityDependents } from '../../../api';
import type { Translate } from '../../../base';
import {
  dependentsSummary,
  entityTitle,
  relationLabel,
  shortOwnerRef,
} from '../../../model/presentation';

/** The dependents of one owner, for a list. */
export interface DependentRows {
  /** The owner's title with the number of rows: `Booking (3)`. */
  readonly heading: string;
  readonly rows: readonly DependentRow[];
}

export interface DependentRow {
  readonly entityRef: string;
  readonly title: string;
  /** The relation through which the entity is affected: `Depends on: Booking Service`. */
  readonly reason: string;
}

/** What Show Dependents lists of an entity. */
export interface DependentsList {
  /** `Dependents of Booking Service: 8 entities of 5 owners`. */
  readonly title: string;
  readonly groups: readonly DependentRows[];
}

export function dependentsList(
  ref: string,
  dependents: EntityDependents,
  { catalog, translate }: { readonly catalog: CatalogService; readonly translate: Translate },
): DependentsList {
  const byRef = new Map(dependents.entities.map(entity => [entity.entityRef, entity]));
  const rowsOf = (entityRef: string): readonly DependentRow[] => {
    const dependent = byRef.get(entityRef);
    if (!dependent) return [];
    const relation = relationLabel(dependent.relation, translate);
    const reason = `${relation}: ${titleOfRef(dependent.through, catalog)}`;
    return [{ entityRef, title: titleOfRef(entityRef, catalog), reason }];
  };
  const summary = dependentsSummary(dependents, translate);
  return {
    title: translate('Dependents of {0}: {1}', titleOfRef(ref, catalog), summary),
    groups: dependents.owners.map(({ ownerRef, entityRefs }) => {
      const owner = ownerRef === undefined ? translate('No owner') : titleOfRef(ownerRef, catalog);
      return { heading: `${owner} (${entityRefs.length})`, rows: entityRefs.flatMap(rowsOf) };
    }),
  };
}

export function titleOfRef(ref: string, catalog: CatalogService): string {
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : shortOwnerRef(ref);
}
