import type { EntitySource } from '../../../../api';
import type { Range } from '../../../../base';
import {
  type CompoundEntityRef,
  type Entity,
  getCompoundEntityRef,
  parseEntityRef,
  type ReferenceSite,
} from '../../../../model';
import type { EmittedRelation, EntityRecord } from '../records';

/** Place and references of an entity. JSON-serializable. */
export interface EntityDetails {
  readonly document: number;
  readonly range: PackedRange;
  readonly nameRange: PackedRange;
  readonly references: readonly PackedReference[];
  readonly emitted: readonly EmittedRelation[];
  readonly isShortened: boolean;
  /** Parts of its ref that the entity spells differently. */
  readonly spelled: Partial<CompoundEntityRef>;
}

/** `line:character-line:character`, 0-based. A third of the size of a range. */
export type PackedRange = string;

/** A reference, with objects for what other references have in common with it. */
export interface PackedReference {
  readonly site: SharedSite;
  readonly target: SharedTarget;
  readonly range: PackedRange;
}

/** A field and the relations that it creates. */
export type SharedSite = Pick<ReferenceSite, 'field' | 'type' | 'inverse' | 'defaultKind'>;

export type SharedTarget = Pick<ReferenceSite, 'written' | 'targetRef'>;

/** An entity as stored. */
export interface PackedParts {
  readonly ref: string;
  /** JSON of the entity, with long texts shortened. */
  readonly content: string;
  readonly details: EntityDetails;
}

/** An entity in memory, as JSON that is parsed on access and takes a third of the space. */
export class PackedEntity implements EntityRecord {
  readonly ref: string;
  /** URI of the entity's file. */
  readonly file: string;
  readonly content: string;
  readonly details: EntityDetails;

  constructor(file: string, { ref, content, details }: PackedParts) {
    this.file = file;
    this.ref = ref;
    this.content = content;
    this.details = details;
  }

  /** Whether both records are identical. */
  isIdentical(other: PackedEntity): boolean {
    return (
      sameEntity(this, other) && JSON.stringify(this.details) === JSON.stringify(other.details)
    );
  }

  get entity(): Entity {
    return JSON.parse(this.content) as Entity;
  }

  get compoundRef(): CompoundEntityRef {
    return { ...parseEntityRef(this.ref), ...this.details.spelled };
  }

  get isShortened(): boolean {
    return this.details.isShortened;
  }

  get source(): EntitySource {
    const { document, range, nameRange } = this.details;
    return {
      file: this.file,
      document,
      range: unpackRange(range),
      nameRange: unpackRange(nameRange),
    };
  }

  get references(): readonly ReferenceSite[] {
    const { references } = this.details;
    return references.length ? references.map(unpackReference) : NONE;
  }

  get emitted(): readonly EmittedRelation[] {
    return this.details.emitted;
  }
}

function unpackReference({ site, target, range }: PackedReference): ReferenceSite {
  const { field, type, inverse, defaultKind } = site;
  const { written, targetRef } = target;
  return { field, written, targetRef, type, inverse, defaultKind, range: unpackRange(range) };
}

function unpackRange(packed: PackedRange): Range {
  const [line = 0, character = 0, endLine = 0, endCharacter = 0] = packed.split(/[:-]/).map(Number);
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

const NONE: readonly never[] = [];

/** Whether two records have the same entity of the same file, at any position. */
export function sameEntity(a: EntityRecord, b: EntityRecord): boolean {
  if (!(a instanceof PackedEntity) || !(b instanceof PackedEntity)) return a === b;
  return a.file === b.file && a.content === b.content;
}

/** Returns the parts of a record's ref, as the entity spells them. */
export function compoundRefOf(record: EntityRecord): CompoundEntityRef {
  return record instanceof PackedEntity ? record.compoundRef : getCompoundEntityRef(record.entity);
}

/** References without their places. */
export function linksOf(
  record: EntityRecord,
): readonly Pick<ReferenceSite, 'targetRef' | 'type' | 'inverse'>[] {
  if (!(record instanceof PackedEntity)) return record.references;
  return record.details.references.map(({ site: { type, inverse }, target }) => ({
    targetRef: target.targetRef,
    type,
    inverse,
  }));
}
