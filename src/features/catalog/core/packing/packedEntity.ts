import type { EntitySource } from '../../../../api';
import { hashText, isRecord, compactString } from '../../../../base';
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
  readonly source: Omit<EntitySource, 'file'>;
  readonly references: readonly ReferenceSite[];
  readonly emitted: readonly EmittedRelation[];
  readonly isShortened: boolean;
  /** Parts of its ref that the entity spells differently. */
  readonly spelled: Partial<CompoundEntityRef>;
}

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
    return { file: this.file, ...this.details.source };
  }

  get references(): readonly ReferenceSite[] {
    return this.details.references;
  }

  get emitted(): readonly EmittedRelation[] {
    return this.details.emitted;
  }
}

/**
 * Copies details with shared texts that keep no larger texts in memory.
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
  readonly source: Omit<EntitySource, 'file'>;
  readonly spelled: Partial<CompoundEntityRef>;
  readonly isShortened: boolean;
}): EntityDetails {
  return {
    source: { document, range, nameRange },
    references: references.length ? references.map(packReference) : NONE,
    emitted: emitted.length ? emitted.map(packRelation) : NONE,
    isShortened,
    spelled: packSpelling(ref, spelled),
  };
}

function packReference({
  field,
  written,
  targetRef,
  type,
  inverse,
  defaultKind,
  range,
}: ReferenceSite): ReferenceSite {
  return {
    field: sharedText(field),
    written: sharedText(written),
    targetRef: sharedText(targetRef),
    type: sharedText(type),
    inverse: sharedText(inverse),
    defaultKind: defaultKind === undefined ? undefined : sharedText(defaultKind),
    range,
  };
}

function packRelation({ sourceRef, type, targetRef }: EmittedRelation): EmittedRelation {
  return {
    sourceRef: sharedText(sourceRef),
    type: sharedText(type),
    targetRef: sharedText(targetRef),
  };
}

/** Returns the parts that differ from the ref: for nearly all entities, only the capitalized kind. */
function packSpelling(
  ref: string,
  { kind, namespace, name }: Partial<CompoundEntityRef>,
): Partial<CompoundEntityRef> {
  const known = parseEntityRef(ref);
  const isOther = (part: keyof CompoundEntityRef, text: string | undefined): text is string =>
    text !== undefined && text !== known[part];
  const ofKind = isOther('kind', kind) ? spellingOfKind(kind) : AS_IN_REF;
  if (!isOther('namespace', namespace) && !isOther('name', name)) return ofKind;
  return {
    ...ofKind,
    ...(isOther('namespace', namespace) && { namespace: sharedText(namespace) }),
    ...(isOther('name', name) && { name: sharedText(name) }),
  };
}

const NONE: readonly never[] = [];
const AS_IN_REF: Partial<CompoundEntityRef> = {};

const spellings = new Map<string, Partial<CompoundEntityRef>>();

function spellingOfKind(kind: string): Partial<CompoundEntityRef> {
  const text = sharedText(kind);
  let spelling = spellings.get(text);
  if (!spelling) {
    spelling = { kind: text };
    if (spellings.size < FEW_KINDS) spellings.set(text, spelling);
  }
  return spelling;
}

/** Maximum number of shared kinds, above the needs of organizations. */
const FEW_KINDS = 256;

/** Recently packed fields, kinds and refs, nearly all of which repeat. */
const sharedTexts = new Map<string, string>();
const MAX_SHARED_TEXTS = 100_000;

function sharedText(text: string): string {
  const known = sharedTexts.get(text);
  if (known !== undefined) return known;
  if (sharedTexts.size >= MAX_SHARED_TEXTS) sharedTexts.clear();
  const own = compactString(text);
  sharedTexts.set(own, own);
  return own;
}

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

export function isEntity(value: unknown): value is Entity {
  if (!isRecord(value) || !isRecord(value['metadata'])) return false;
  const { apiVersion, kind, metadata, spec } = value;
  return (
    [apiVersion, kind, metadata['name']].every(text => typeof text === 'string') &&
    (spec === undefined || isRecord(spec))
  );
}
