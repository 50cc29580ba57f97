import type { DisabledLines } from '../../../../model';
import type { EntityRecord, FileRecord } from '../records';
import { PackedEntity, type PackedParts } from './packedEntity';

/** What a file gives, as it is stored and passed between threads: it survives JSON, and cloning. */
export interface PackedRecord extends Omit<FileRecord, 'entities' | 'disabledLines'> {
  readonly entities: readonly PackedParts[];
  readonly disabledLines: readonly (readonly [line: number, codes: 'all' | readonly string[]])[];
}

/** The record as it is kept: with its entities packed, where they can be. */
export function compactRecord(record: FileRecord): FileRecord {
  return withSharedLists({ ...record, entities: record.entities.map(compactEntity) });
}

function compactEntity(entity: EntityRecord): EntityRecord {
  return entity instanceof PackedEntity ? entity : (PackedEntity.pack(entity) ?? entity);
}

/** Undefined where something in the record is no data. */
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
  return withSharedLists({
    ...packed,
    entities: packed.entities.map(parts => new PackedEntity(uri, parts)),
    disabledLines: new Map(
      packed.disabledLines.map(([line, codes]) => [line, codes === 'all' ? codes : new Set(codes)]),
    ),
  });
}

const NONE: readonly never[] = [];
const NO_LINES: DisabledLines = new Map();

/** Most lists of most files are empty: they share one. */
function withSharedLists(record: FileRecord): FileRecord {
  return {
    uri: record.uri,
    documents: record.documents,
    passedOver: record.passedOver,
    entities: orNone(record.entities),
    failed: orNone(record.failed),
    problems: orNone(record.problems),
    disabledLines: record.disabledLines.size ? record.disabledLines : NO_LINES,
    locationTargets: orNone(record.locationTargets),
    misplaced: orNone(record.misplaced),
    annotationRefs: orNone(record.annotationRefs),
    skeletonFolders: orNone(record.skeletonFolders),
    dependencies: orNone(record.dependencies),
    sightings: orNone(record.sightings),
  };
}

function orNone<T>(list: readonly T[]): readonly T[] {
  return list.length ? list : NONE;
}
