import type { EntitySource } from '../../../api';
import { isRecord, type Range } from '../../../base';
import {
  type CompoundEntityRef,
  type Entity,
  getCompoundEntityRef,
  type JsonValue,
  parseEntityRef,
} from '../../../model';
import type { EmittedRelation, EntityRecord, ReferenceSite } from '../records';
import { LONG_TEXT, withShortTexts } from './longTexts';

/** Line and character of the start, line and character of the end. */
type PackedRange = readonly [number, number, number, number];

/** What is known of a document beside the entity in it; absent parts are `false`. */
type Details = readonly [
  document: number,
  range: PackedRange,
  nameRange: PackedRange,
  /** Where it is spelled otherwise than the ref. */
  name: string | false,
  namespace: string | false,
  kind: string | false,
  isShortened: boolean,
  references: readonly PackedReference[],
  emitted: readonly (readonly [sourceRef: string, type: string, targetRef: string])[],
];

type PackedReference = readonly [
  field: string,
  written: string,
  targetRef: string,
  type: string,
  inverse: string,
  defaultKind: string | false,
  range: PackedRange,
];

/**
 * An entity of a file as two texts, which take a fraction of the room of what they stand for; they
 * are read when something is asked. The same texts go between processes and into the snapshot.
 */
export class PackedEntity implements EntityRecord {
  readonly ref: string;
  /** JSON of the entity, its long texts shortened. */
  readonly content: string;
  /** JSON of all the rest. */
  readonly details: string;
  /** URI of the file that it stands in. */
  readonly file: string;

  constructor(file: string, ref: string, details: string, content: string) {
    this.file = file;
    this.ref = ref;
    this.details = details;
    this.content = content;
  }

  /** Undefined for an entity that is not of a file, or that a processor made no data of. */
  static pack(record: EntityRecord): PackedEntity | undefined {
    const { ref, entity, source, references, emitted } = record;
    if (!source) return undefined;
    try {
      const whole = JSON.stringify(entity);
      const isLong = whole.length > LONG_TEXT;
      const content = isLong
        ? JSON.stringify(withShortTexts(entity as unknown as JsonValue))
        : whole;
      const spelled = getCompoundEntityRef(entity);
      const known = parseEntityRef(ref);
      const details: Details = [
        source.document,
        packRange(source.range),
        packRange(source.nameRange),
        spelled.name !== known.name && spelled.name,
        spelled.namespace !== known.namespace && spelled.namespace,
        spelled.kind !== known.kind && spelled.kind,
        content.length < whole.length,
        references.map(({ field, written, targetRef, type, inverse, defaultKind, range }) => [
          field,
          written,
          targetRef,
          type,
          inverse,
          defaultKind ?? false,
          packRange(range),
        ]),
        emitted.map(({ sourceRef, type, targetRef }) => [sourceRef, type, targetRef]),
      ];
      return new PackedEntity(source.file, ref, JSON.stringify(details), content);
    } catch {
      return undefined;
    }
  }

  /** The entity from texts that may have been damaged. @throws where they cannot be what was packed */
  static unpack(file: string, ref: string, details: string, content: string): PackedEntity {
    const packed = new PackedEntity(file, ref, details, content);
    if (!isDetails(packed.#read()) || !content.startsWith('{') || !content.endsWith('}')) {
      throw new TypeError(`Not a packed entity: ${ref}`);
    }
    // Asked for all the time, and must not throw then.
    parseEntityRef(ref);
    return packed;
  }

  get entity(): Entity {
    try {
      const entity: unknown = JSON.parse(this.content);
      if (isEntity(entity)) return entity;
    } catch {
      // As below.
    }
    // Only a snapshot that somebody forged gets here; it is found out when its file is read.
    const { kind, namespace, name } = parseEntityRef(this.ref);
    return { apiVersion: '', kind, metadata: { name, namespace } };
  }

  get compoundRef(): CompoundEntityRef {
    const known = parseEntityRef(this.ref);
    const [, , , name, namespace, kind] = this.#read();
    return {
      kind: kind || known.kind,
      namespace: namespace || known.namespace,
      name: name || known.name,
    };
  }

  get isShortened(): boolean {
    return this.#read()[6];
  }

  get source(): EntitySource {
    const [document, range, nameRange] = this.#read();
    return {
      file: this.file,
      document,
      range: unpackRange(range),
      nameRange: unpackRange(nameRange),
    };
  }

  get references(): readonly ReferenceSite[] {
    return this.#read()[7].map(
      ([field, written, targetRef, type, inverse, defaultKind, range]) => ({
        field,
        written,
        targetRef,
        type,
        inverse,
        defaultKind: defaultKind || undefined,
        range: unpackRange(range),
      }),
    );
  }

  get emitted(): readonly EmittedRelation[] {
    return this.#read()[8].map(([sourceRef, type, targetRef]) => ({ sourceRef, type, targetRef }));
  }

  #read(): Details {
    return JSON.parse(this.details) as Details;
  }
}

/** Whether two records hold the same entity of the same file, wherever in it it stands. */
export function sameEntity(a: EntityRecord, b: EntityRecord): boolean {
  if (!(a instanceof PackedEntity) || !(b instanceof PackedEntity)) return a === b;
  return a.file === b.file && a.content === b.content;
}

/** The three parts of a record's ref, as the entity spells them. */
export function compoundRefOf(record: EntityRecord): CompoundEntityRef {
  return record instanceof PackedEntity ? record.compoundRef : getCompoundEntityRef(record.entity);
}

export function packRange({ start, end }: Range): PackedRange {
  return [start.line, start.character, end.line, end.character];
}

export function unpackRange([line, character, endLine, endCharacter]: PackedRange): Range {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

function isEntity(value: unknown): value is Entity {
  if (!isRecord(value) || !isRecord(value['metadata'])) return false;
  const { apiVersion, kind, metadata, spec } = value;
  return (
    [apiVersion, kind, metadata['name']].every(text => typeof text === 'string') &&
    (spec === undefined || isRecord(spec))
  );
}

function isDetails(value: unknown): value is Details {
  if (!Array.isArray(value) || value.length !== 9) return false;
  const [document, range, nameRange, name, namespace, kind, isShortened, references, emitted] =
    value as unknown[];
  return (
    isCount(document) &&
    isRange(range) &&
    isRange(nameRange) &&
    [name, namespace, kind].every(isTextOrFalse) &&
    typeof isShortened === 'boolean' &&
    Array.isArray(references) &&
    references.every(isReference) &&
    Array.isArray(emitted) &&
    emitted.every(relation => isTexts(relation, 3))
  );
}

function isReference(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === 7 &&
    isTexts(value.slice(0, 5), 5) &&
    isTextOrFalse(value[5]) &&
    isRange(value[6])
  );
}

export function isRange(value: unknown): value is PackedRange {
  return Array.isArray(value) && value.length === 4 && value.every(isCount);
}

function isTexts(value: unknown, count: number): boolean {
  return (
    Array.isArray(value) && value.length === count && value.every(item => typeof item === 'string')
  );
}

function isTextOrFalse(value: unknown): boolean {
  return value === false || (typeof value === 'string' && value !== '');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
