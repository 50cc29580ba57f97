import type { EntitySource } from '../../../../api';
import { compactString, hashText, isRecord, type Range } from '../../../../base';
import {
  type CompoundEntityRef,
  type Entity,
  getCompoundEntityRef,
  type JsonValue,
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

/** An entity as stored and passed between threads. */
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

  /** Packs an entity. Returns undefined for an entity outside files, or one that a processor made unserializable. */
  static pack(record: EntityRecord): PackedEntity | undefined {
    const { ref, entity, source } = record;
    if (!source) return undefined;
    try {
      const { content, isShortened } = packContent(entity as unknown as JsonValue);
      const spelled = getCompoundEntityRef(entity);
      const details = packDetails({ ...record, source, spelled, isShortened });
      return new PackedEntity(source.file, { ref: sharedText(ref), content, details });
    } catch {
      // A processor made something of it that isn't data. The caller keeps it unpacked.
      return undefined;
    }
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

/**
 * Packs the details of a record, with shared texts that keep no larger texts in memory.
 *
 * @param spelled - parts of the ref, as the entity spells them
 */
export function packDetails({
  ref,
  source: { document, range, nameRange },
  references,
  emitted,
  spelled,
  isShortened,
}: Pick<EntityRecord, 'ref' | 'references' | 'emitted'> & {
  readonly source: EntitySource;
  readonly spelled: CompoundEntityRef;
  readonly isShortened: boolean;
}): EntityDetails {
  return {
    document,
    range: packRange(range),
    nameRange: packRange(nameRange),
    references: references.length ? references.map(packReference) : NONE,
    emitted: emitted.length ? emitted.map(packRelation) : NONE,
    isShortened,
    spelled: packSpelling(ref, spelled),
  };
}

function packReference(reference: ReferenceSite): PackedReference {
  return {
    site: sharedSite(reference),
    target: sharedTarget(reference),
    range: packRange(reference.range),
  };
}

function unpackReference({ site, target, range }: PackedReference): ReferenceSite {
  const { field, type, inverse, defaultKind } = site;
  const { written, targetRef } = target;
  return { field, written, targetRef, type, inverse, defaultKind, range: unpackRange(range) };
}

function packRange({ start, end }: Range): PackedRange {
  return compactString(`${start.line}:${start.character}-${end.line}:${end.character}`);
}

function unpackRange(packed: PackedRange): Range {
  const [line = 0, character = 0, endLine = 0, endCharacter = 0] = packed.split(/[:-]/).map(Number);
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

export function packRelation({ sourceRef, type, targetRef }: EmittedRelation): EmittedRelation {
  return {
    sourceRef: sharedText(sourceRef),
    type: sharedText(type),
    targetRef: sharedText(targetRef),
  };
}

/** Returns the parts that differ from the ref: for nearly all entities, only the capitalized kind. */
function packSpelling(
  ref: string,
  { kind, namespace, name }: CompoundEntityRef,
): Partial<CompoundEntityRef> {
  const known = parseEntityRef(ref);
  return sharedSpelling({
    ...(kind !== known.kind && { kind }),
    ...(namespace !== known.namespace && { namespace }),
    ...(name !== known.name && { name }),
  });
}

const AS_IN_REF: Partial<CompoundEntityRef> = {};
const spellings = new Map<string, Partial<CompoundEntityRef>>();

/** Returns one object for all entities of a kind that differ in nothing else. */
export function sharedSpelling({
  kind,
  namespace,
  name,
}: Partial<CompoundEntityRef>): Partial<CompoundEntityRef> {
  if (namespace !== undefined || name !== undefined) {
    return {
      ...(kind !== undefined && { kind: sharedText(kind) }),
      ...(namespace !== undefined && { namespace: sharedText(namespace) }),
      ...(name !== undefined && { name: sharedText(name) }),
    };
  }
  if (kind === undefined) return AS_IN_REF;
  let spelling = spellings.get(kind);
  if (!spelling) {
    spelling = { kind: sharedText(kind) };
    if (spellings.size >= MAX_SHARED) spellings.clear();
    spellings.set(kind, spelling);
  }
  return spelling;
}

/** Recently packed sites. An organization has some hundreds. */
const sharedSites = new Map<string, SharedSite>();

function sharedSite({ field, type, inverse, defaultKind }: SharedSite): SharedSite {
  const key = [field, type, inverse, defaultKind ?? ''].join('\0');
  const known = sharedSites.get(key);
  if (known) return known;
  const site = {
    field: sharedText(field),
    type: sharedText(type),
    inverse: sharedText(inverse),
    defaultKind: defaultKind === undefined ? undefined : sharedText(defaultKind),
  };
  if (sharedSites.size >= MAX_SHARED) sharedSites.clear();
  sharedSites.set(key, site);
  return site;
}

/** Recently packed targets in each of their spellings, by ref. */
const sharedTargets = new Map<string, SharedTarget[]>();

function sharedTarget({ written, targetRef }: SharedTarget): SharedTarget {
  const targets = sharedTargets.get(targetRef) ?? [];
  const known = targets.find(target => target.written === written);
  if (known) return known;
  const target = { written: sharedText(written), targetRef: sharedText(targetRef) };
  targets.push(target);
  if (sharedTargets.size >= MAX_SHARED) sharedTargets.clear();
  sharedTargets.set(target.targetRef, targets);
  return target;
}

/** Recently packed fields, kinds and refs, nearly all of which repeat. */
const sharedTexts = new Map<string, string>();

/** Limit of each map of shared objects. */
const MAX_SHARED = 100_000;

function sharedText(text: string): string {
  const known = sharedTexts.get(text);
  if (known !== undefined) return known;
  if (sharedTexts.size >= MAX_SHARED) sharedTexts.clear();
  const own = compactString(text);
  sharedTexts.set(own, own);
  return own;
}

const NONE: readonly never[] = [];

/** JSON of an entity, and whether its long texts were shortened. */
export interface PackedContent {
  readonly content: string;
  readonly isShortened: boolean;
}

/**
 * Packs an entity.
 *
 * @throws TypeError for unserializable values
 */
export function packContent(entity: JsonValue): PackedContent {
  const short = withShortTexts(entity);
  return {
    content: compactString(narrowJson(JSON.stringify(short))),
    isShortened: short !== entity,
  };
}

/** Length in code units above which texts aren't kept in memory, such as large API definitions. */
const LONG_TEXT = 8 * 1024;

/** Length of the beginning that is kept for display. */
const KEPT = 1024;

/**
 * Shortens long texts in a value: to their beginning and a last line with the omitted length and a
 * hash, which distinguishes different texts. Returns the value itself if nothing is long.
 */
function withShortTexts(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.length > LONG_TEXT ? shortened(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(withShortTexts);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  let short = value;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    const shortItem = withShortTexts(item);
    if (shortItem === item) continue;
    if (short === value) short = { ...value };
    short[key] = shortItem;
  }
  return short;
}

function shortened(text: string): string {
  // Not between surrogates.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
  return `${text.slice(0, end)}\n… (${text.length - end} more characters, ${hashText(text)})`;
}

/** Escapes wide characters in JSON so that it takes one byte per character, if that is shorter. */
function narrowJson(json: string): string {
  const wide = json.match(WIDE)?.length ?? 0;
  return wide && wide * 5 < json.length
    ? json.replace(WIDE, text => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json;
}

const WIDE = /[\u0100-\uffff]/g;

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

export function isEntity(value: unknown): value is Entity {
  if (!isRecord(value) || !isRecord(value['metadata'])) return false;
  const { apiVersion, kind, metadata, spec } = value;
  return (
    [apiVersion, kind, metadata['name']].every(text => typeof text === 'string') &&
    (spec === undefined || isRecord(spec))
  );
}
