import type { EntityRecord, FileRecord } from '../records';
import { packDetails, PackedEntity, type PackedParts } from './packedEntity';

/** Entities and problems of a file, as stored. JSON-serializable. */
export interface PackedRecord extends Omit<FileRecord, 'entities' | 'disabledLines'> {
  readonly entities: readonly PackedParts[];
  readonly disabledLines: readonly (readonly [line: number, codes: 'all' | readonly string[]])[];
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
  return entity instanceof PackedEntity ? entity : (PackedEntity.pack(entity) ?? entity);
}

/** Returns undefined if the record contains unserializable values. */
export function packRecord(record: FileRecord): PackedRecord | undefined {
  const entities: PackedParts[] = [];
  for (const entity of record.entities.map(compactEntity)) {
    if (!(entity instanceof PackedEntity)) return undefined;
    const { ref, content, details } = entity;
    entities.push({ ref, content, details });
  }
  const disabledLines = [...record.disabledLines].map(
    ([line, codes]) => [line, codes === 'all' ? codes : [...codes]] as const,
  );
  return { ...record, entities, disabledLines };
}

export function unpackRecord(packed: PackedRecord): FileRecord {
  const { uri } = packed;
  return {
    ...withSharedLists(packed),
    entities: packed.entities.map(
      ({ ref, content, details }) =>
        new PackedEntity(uri, { ref, content, details: packDetails({ ref, ...details }) }),
    ),
    disabledLines: new Map(
      packed.disabledLines.map(([line, codes]) => [line, codes === 'all' ? codes : new Set(codes)]),
    ),
  };
}
