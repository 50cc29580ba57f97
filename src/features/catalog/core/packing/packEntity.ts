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
import {
  type EntityDetails,
  PackedEntity,
  type PackedRange,
  type PackedReference,
  type SharedSite,
  type SharedTarget,
} from './packedEntity';

/** Packs an entity. Returns undefined for an entity outside files, or one that a processor made unserializable. */
export function packEntity(record: EntityRecord): PackedEntity | undefined {
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

function packRange({ start, end }: Range): PackedRange {
  return compactString(`${start.line}:${start.character}-${end.line}:${end.character}`);
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
  const compact = compactString(text);
  sharedTexts.set(compact, compact);
  return compact;
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

export function isEntity(value: unknown): value is Entity {
  if (!isRecord(value) || !isRecord(value['metadata'])) return false;
  const { apiVersion, kind, metadata, spec } = value;
  return (
    [apiVersion, kind, metadata['name']].every(text => typeof text === 'string') &&
    (spec === undefined || isRecord(spec))
  );
}
