import type { EntityRecord, FileRecord } from '../records';
import { packEntity, packRelation, sharedSpelling } from './packEntity';
import {
  type EntityDetails,
  PackedEntity,
  type PackedParts,
  type PackedReference,
  type SharedSite,
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

interface StoredEntity extends Omit<PackedParts, 'details'> {
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

function compactEntity(entity: EntityRecord): EntityRecord {
  return entity instanceof PackedEntity ? entity : (packEntity(entity) ?? entity);
}

/** Packs the records of a snapshot, in order. */
export class RecordPacker {
  readonly #sites = new Numbering<SharedSite>();
  readonly #targets = new Numbering<SharedTarget>();

  /** Returns undefined if the record contains unserializable values. */
  pack(record: FileRecord): PackedRecord | undefined {
    const packed: PackedEntity[] = [];
    for (const entity of record.entities.map(compactEntity)) {
      if (!(entity instanceof PackedEntity)) return undefined;
      packed.push(entity);
    }
    return {
      ...record,
      entities: packed.map(entity => this.#packEntity(entity)),
      disabledLines: [...record.disabledLines].map(
        ([line, codes]) => [line, codes === 'all' ? codes : [...codes]] as const,
      ),
      sites: this.#sites.takeNew(),
      targets: this.#targets.takeNew(),
    };
  }

  #packEntity({ ref, content, details }: PackedEntity): StoredEntity {
    const references = details.references.map(({ site, target, range }) => ({
      site: this.#sites.numberOf(site),
      target: this.#targets.numberOf(target),
      range,
    }));
    return { ref, content, details: { ...details, references } };
  }
}

/** Numbers objects from 0, in the order of their first use. */
class Numbering<T> {
  readonly #numbers = new Map<T, number>();
  #new: T[] = [];

  numberOf(item: T): number {
    const known = this.#numbers.get(item);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(item, number);
    this.#new.push(item);
    return number;
  }

  /** Returns the objects that were numbered since the last call. */
  takeNew(): readonly T[] {
    const items = this.#new;
    this.#new = [];
    return items;
  }
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
