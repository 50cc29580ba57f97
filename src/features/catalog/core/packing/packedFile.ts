import type { EntityRecord, FileRecord } from '../records';
import {
  type EntityDetails,
  PackedEntity,
  type PackedParts,
  type PackedReference,
  packRelation,
  type SharedSite,
  sharedSpelling,
  type SharedTarget,
} from './packedEntity';

/**
 * Entities and problems of a file, as stored in a snapshot. JSON-serializable. References have the numbers of their
 * sites and targets, counted from the first record of the snapshot.
 */
export interface PackedRecord extends Omit<FileRecord, 'entities' | 'disabledLines'> {
  readonly entities: readonly StoredEntity[];
  readonly disabledLines: readonly (readonly [line: number, codes: 'all' | readonly string[]])[];
  /** Sites that no earlier record has. */
  readonly sites: readonly SharedSite[];
  /** Targets that no earlier record has. */
  readonly targets: readonly SharedTarget[];
}

export interface StoredEntity extends Omit<PackedParts, 'details'> {
  readonly details: StoredDetails;
}

interface StoredDetails extends Omit<EntityDetails, 'references'> {
  readonly references: readonly StoredReference[];
}

interface StoredReference extends Pick<PackedReference, 'range'> {
  readonly site: number;
  readonly target: number;
}

/** Returns a record with packed entities, where possible. */
export function compactRecord(record: FileRecord): FileRecord {
  return { ...withSharedLists(record), entities: record.entities.map(compactEntity) };
}

/** Replaces empty lists with a shared one: most files have many. */
function withSharedLists<T extends Omit<FileRecord, 'entities' | 'disabledLines'>>(record: T): T {
  return {
    ...record,
    failed: orNone(record.failed),
    problems: orNone(record.problems),
    locationTargets: orNone(record.locationTargets),
    misplaced: orNone(record.misplaced),
    annotationRefs: orNone(record.annotationRefs),
    skeletonFolders: orNone(record.skeletonFolders),
    dependencies: orNone(record.dependencies),
    sightings: orNone(record.sightings),
  };
}

const NONE: readonly never[] = [];

function orNone<T>(list: readonly T[]): readonly T[] {
  return list.length ? list : NONE;
}

export function compactEntity(entity: EntityRecord): EntityRecord {
  return entity instanceof PackedEntity ? entity : (PackedEntity.pack(entity) ?? entity);
}

/** Unpacks the records of a snapshot, in the order in which they were packed. */
export class RecordUnpacker {
  readonly #sites: SharedSite[] = [];
  readonly #targets: SharedTarget[] = [];

  unpack({ sites, targets, entities, disabledLines, ...record }: PackedRecord): FileRecord {
    this.#sites.push(...sites);
    this.#targets.push(...targets);
    return {
      ...withSharedLists(record),
      entities: entities.map(
        ({ ref, content, details }) =>
          new PackedEntity(record.uri, { ref, content, details: this.#unpackDetails(details) }),
      ),
      disabledLines: new Map(
        disabledLines.map(([line, codes]) => [line, codes === 'all' ? codes : new Set(codes)]),
      ),
    };
  }

  #unpackDetails(details: StoredDetails): EntityDetails {
    const references = details.references.map(({ site, target, range }) => ({
      site: itemAt(this.#sites, site),
      target: itemAt(this.#targets, target),
      range,
    }));
    return {
      ...details,
      references: orNone(references),
      emitted: orNone(details.emitted.map(packRelation)),
      spelled: sharedSpelling(details.spelled),
    };
  }
}

/** @throws RangeError if there is no such item, which a checked snapshot rules out */
function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`There is no item ${index}`);
  return item;
}
