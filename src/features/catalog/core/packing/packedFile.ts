import type { EntityRecord, FileRecord } from '../records';
import { PackedEntity, type PackedParts } from './packedEntity';

/** The entities and problems of a file, as they are stored: a value for JSON. */
export interface PackedRecord extends Omit<FileRecord, 'entities' | 'disabledLines'> {
  readonly entities: readonly PackedParts[];
  readonly disabledLines: readonly (readonly [line: number, codes: 'all' | readonly string[]])[];
}

/** The record as it is kept: with its entities packed, where they can be. */
export function compactRecord(record: FileRecord): FileRecord {
  return { ...record, entities: record.entities.map(compactEntity) };
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
  return {
    ...packed,
    entities: packed.entities.map(parts => new PackedEntity(uri, parts)),
    disabledLines: new Map(
      packed.disabledLines.map(([line, codes]) => [line, codes === 'all' ? codes : new Set(codes)]),
    ),
  };
}
