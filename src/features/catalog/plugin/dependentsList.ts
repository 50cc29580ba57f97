import {
  type CatalogService,
  dependentsSummary,
  type EntityDependent,
  type EntityDependents,
  relationLabel,
  type Translate,
} from '../../../api';
import { dependentsByOwner } from '../core/dependents';
import { titleOfRef } from './relatedEntities';

/** Dependents of one owner, for a list. */
export interface DependentRows {
  /** Title of the owner with the number of rows: `Booking (3)`. */
  readonly heading: string;
  readonly rows: readonly DependentRow[];
}

export interface DependentRow {
  readonly entityRef: string;
  readonly title: string;
  /** Relation through which the entity is affected: `Depends on: Booking Service`. */
  readonly reason: string;
}

/** Content of Show Dependents. */
export interface DependentsList {
  /** Title with the summary: `Dependents of Booking Service: 8 entities of 5 owners`. */
  readonly title: string;
  readonly groups: readonly DependentRows[];
}

export function dependentsList(
  ref: string,
  dependents: EntityDependents,
  { catalog, translate }: { readonly catalog: CatalogService; readonly translate: Translate },
): DependentsList {
  const rowOf = ({ entityRef, relation, through }: EntityDependent): DependentRow => ({
    entityRef,
    title: titleOfRef(entityRef, catalog),
    reason: `${relationLabel(relation, translate, catalog.names)}: ${titleOfRef(through, catalog)}`,
  });
  const summary = dependentsSummary(dependents);
  return {
    title: translate('Dependents of {0}: {1}', titleOfRef(ref, catalog), summary),
    groups: dependentsByOwner(dependents).map(({ ownerRef, dependents: ofOwner }) => {
      const owner = ownerRef === undefined ? translate('No owner') : titleOfRef(ownerRef, catalog);
      return { heading: `${owner} (${ofOwner.length})`, rows: ofOwner.map(rowOf) };
    }),
  };
}
