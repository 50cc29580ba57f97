import type { EntitySource } from '../../../../api';
import { isRecord, ownText, type Range } from '../../../../base';
import {
  builtinRelationRules,
  type CompoundEntityRef,
  type Entity,
  getCompoundEntityRef,
  type JsonValue,
  parseEntityRef,
  type ReferenceSite,
} from '../../../../model';
import type { EmittedRelation, EntityRecord } from '../records';
import { withShortTexts } from './longTexts';

/** Line and character of the start, line and character of the end. */
export type PackedRange = readonly [number, number, number, number];

/** What is known of a document beside the entity in it; absent parts are 0, the shortest JSON there is. */
export type Details = readonly [
  document: number,
  range: PackedRange,
  nameRange: PackedRange,
  /** Where it is spelled otherwise than the ref. */
  name: string | 0,
  namespace: string | 0,
  kind: string | 0,
  isShortened: 0 | 1,
  references: readonly PackedReference[],
  emitted: readonly (readonly [sourceRef: string, type: string, targetRef: string])[],
];

/** Of an entity of which nothing is known. */
export const NO_DETAILS: Details = [0, [0, 0, 0, 0], [0, 0, 0, 0], 0, 0, 0, 0, [], []];

type PackedReference = readonly [
  /** That of the rule where it is a number: an item of its list, or `WHOLE_FIELD`. */
  field: string | number,
  /** 0 where it is no more than the name of the target. */
  written: string | 0,
  /** The name alone where the rest is the rule's kind and the entity's own namespace. */
  target: string,
  rule: PackedRule,
  range: PackedRange,
];

const WHOLE_FIELD = -1;

/** By its place among those of Backstage's kinds, or what is in it. */
type PackedRule = number | WrittenRule;
type WrittenRule = readonly [type: string, inverse: string, defaultKind: string | 0];

/** What nearly all references follow; the places hold for one version of the product. */
const RULES: readonly { readonly field: string; readonly rule: WrittenRule }[] =
  builtinRelationRules.map(({ field, type, inverse, defaultKind }) => ({
    field,
    rule: [type, inverse, defaultKind ?? 0],
  }));

/** By field, the places of its rules. */
const RULES_OF_FIELD = new Map<string, number[]>();
for (const [place, { field }] of RULES.entries()) {
  const places = RULES_OF_FIELD.get(field);
  if (places) places.push(place);
  else RULES_OF_FIELD.set(field, [place]);
}

/** Where an entity stands that an edit has moved. */
export interface Move {
  readonly document: number;
  /** How far behind where it was read. */
  readonly lines: number;
}

/** Stands for none: what is unpacked has been looked at. */
const NO_RULE = { field: '', rule: ['', '', 0] } as const;

/**
 * An entity of a file as two texts, which take a fraction of the room of what they stand for; they
 * are read when something is asked. The same texts go between processes and into the snapshot.
 */
export abstract class PackedEntity implements EntityRecord {
  readonly ref: string;
  /** URI of the file that it stands in. */
  readonly file: string;
  /** JSON of the entity, its long texts shortened. */
  abstract readonly content: string;
  /** JSON of all the rest. */
  abstract readonly details: string;

  constructor(file: string, ref: string) {
    this.file = file;
    this.ref = ref;
  }

  /** Undefined for an entity that is not of a file, or that a processor made no data of. */
  static pack(record: EntityRecord): PackedEntity | undefined {
    const { ref, entity, source, references, emitted } = record;
    if (!source) return undefined;
    try {
      const whole = entity as unknown as JsonValue;
      const short = withShortTexts(whole);
      const spelled = getCompoundEntityRef(entity);
      const isShortened = short !== whole;
      return new WrittenEntity(
        source.file,
        ref,
        packDetails({ ref, source, references, emitted, spelled, isShortened }),
        narrowJson(JSON.stringify(short)),
      );
    } catch {
      return undefined;
    }
  }

  /** The same to be kept: with texts of its own, which keep nothing else in memory. */
  compact(): PackedEntity {
    return new WrittenEntity(this.file, this.ref, ownText(this.details), ownText(this.content));
  }

  /** What was read, wherever it stands now: of all that was moved of it, the same. */
  get origin(): PackedEntity {
    return this;
  }

  /** Undefined for what stands where it was read. */
  get move(): Move | undefined {
    return undefined;
  }

  /** Whether nothing at all is said of the other that is not said of it. */
  saysTheSame(other: PackedEntity): boolean {
    if (this.origin === other.origin) {
      const [a, b] = [this.move, other.move];
      return a?.lines === b?.lines && a?.document === b?.document;
    }
    return this.details === other.details && sameEntity(this, other);
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
    const [, , , name, namespace, kind] = this.readDetails();
    return {
      kind: kind || known.kind,
      namespace: namespace || known.namespace,
      name: name || known.name,
    };
  }

  get isShortened(): boolean {
    return this.readDetails()[6] === 1;
  }

  get source(): EntitySource {
    const [document, range, nameRange] = this.readDetails();
    return {
      file: this.file,
      document,
      range: unpackRange(range),
      nameRange: unpackRange(nameRange),
    };
  }

  get references(): readonly ReferenceSite[] {
    return unpackReferences(this.ref, this.readDetails());
  }

  get emitted(): readonly EmittedRelation[] {
    return unpackEmitted(this.readDetails());
  }

  /** What leads from it to others, read at once. */
  get links(): EntityLinks {
    const details = this.readDetails();
    return { references: unpackReferences(this.ref, details), emitted: unpackEmitted(details) };
  }

  /** Reads its text, each time. */
  readDetails(): Details {
    return JSON.parse(this.details) as Details;
  }
}

/** All that is said of an entity beside what is in it. @param spelled - the parts of its ref, as it spells them */
export function packDetails({
  ref,
  source,
  references,
  emitted,
  spelled,
  isShortened,
}: Pick<EntityRecord, 'ref' | 'references' | 'emitted'> & {
  readonly source: EntitySource;
  readonly spelled: CompoundEntityRef;
  readonly isShortened: boolean;
}): string {
  const known = parseEntityRef(ref);
  const details: Details = [
    source.document,
    packRange(source.range),
    packRange(source.nameRange),
    spelled.name === known.name ? 0 : spelled.name,
    spelled.namespace === known.namespace ? 0 : spelled.namespace,
    spelled.kind === known.kind ? 0 : spelled.kind,
    isShortened ? 1 : 0,
    references.map(reference => packReference(reference, known.namespace)),
    emitted.map(({ sourceRef, type, targetRef }) => [sourceRef, type, targetRef]),
  ];
  return narrowJson(JSON.stringify(details));
}

/** One that has its texts itself. */
class WrittenEntity extends PackedEntity {
  override readonly content: string;
  override readonly details: string;

  constructor(file: string, ref: string, details: string, content: string) {
    super(file, ref);
    this.details = details;
    this.content = content;
  }
}

/** What leads from an entity to others, without the places where it is said. */
export interface EntityLinks {
  readonly references: readonly Pick<ReferenceSite, 'type' | 'inverse' | 'targetRef'>[];
  readonly emitted: readonly EmittedRelation[];
}

/** Cheaper than asking for the references and for what is emitted. */
export function linksOf(record: EntityRecord): EntityLinks {
  return record instanceof PackedEntity ? record.links : record;
}

/** The file that an entity stands in; cheaper than asking for its source. */
export function fileOf(record: EntityRecord): string | undefined {
  return record instanceof PackedEntity ? record.file : record.source?.file;
}

/** Whether two records hold the same entity of the same file, wherever in it it stands. */
export function sameEntity(a: EntityRecord, b: EntityRecord): boolean {
  if (!(a instanceof PackedEntity) || !(b instanceof PackedEntity)) return a === b;
  if (a.origin === b.origin) return true;
  return a.file === b.file && a.content === b.content;
}

/** How a record came from where another of the same origin stood; undefined where that is not known. */
export function moveBetween(from: EntityRecord, to: EntityRecord): Move | undefined {
  if (!(from instanceof PackedEntity) || !(to instanceof PackedEntity)) return undefined;
  if (from.origin !== to.origin || !to.move) return undefined;
  const { document, lines } = to.move;
  return { document, lines: lines - (from.move?.lines ?? 0) };
}

/** What a record was read as, wherever its entity stands now. */
export function originOf(record: EntityRecord): EntityRecord {
  return record instanceof PackedEntity ? record.origin : record;
}

/** The three parts of a record's ref, as the entity spells them. */
export function compoundRefOf(record: EntityRecord): CompoundEntityRef {
  return record instanceof PackedEntity ? record.compoundRef : getCompoundEntityRef(record.entity);
}

function packReference(site: ReferenceSite, namespace: string): PackedReference {
  const { field, written, targetRef, type, inverse, defaultKind = 0, range } = site;
  const isItem = field.endsWith(']');
  const [, base = field, item] = (isItem && /^(.*)\[(0|[1-9]\d{0,8})\]$/.exec(field)) || [];
  const index = (RULES_OF_FIELD.get(base) ?? []).find(place => {
    const known = RULES[place]?.rule ?? NO_RULE.rule;
    return known[0] === type && known[1] === inverse && known[2] === defaultKind;
  });
  const name = nameIn(targetRef);
  const isUsual = targetRef === fullRef(name, defaultKind, namespace) && !name.includes(':');
  return [
    index === undefined ? field : item === undefined ? WHOLE_FIELD : Number(item),
    written === name ? 0 : written,
    isUsual ? name : targetRef,
    index ?? [type, inverse, defaultKind],
    packRange(range),
  ];
}

function unpackReferences(ref: string, details: Details): readonly ReferenceSite[] {
  const packed = details[7];
  if (!packed.length) return [];
  const { namespace } = parseEntityRef(ref);
  return packed.map(reference => unpackReference(reference, namespace));
}

function unpackEmitted(details: Details): readonly EmittedRelation[] {
  return details[8].map(([sourceRef, type, targetRef]) => ({ sourceRef, type, targetRef }));
}

function unpackReference(
  [place, written, target, packedRule, range]: PackedReference,
  namespace: string,
): ReferenceSite {
  const { field, rule } =
    typeof packedRule === 'number'
      ? (RULES[packedRule] ?? NO_RULE)
      : { field: '', rule: packedRule };
  const [type, inverse, defaultKind] = rule;
  const targetRef = target.includes(':') ? target : fullRef(target, defaultKind, namespace);
  return {
    field: typeof place === 'string' ? place : place === WHOLE_FIELD ? field : `${field}[${place}]`,
    written: written === 0 ? nameIn(targetRef) : written,
    targetRef,
    type,
    inverse,
    defaultKind: defaultKind || undefined,
    range: unpackRange(range),
  };
}

function fullRef(name: string, defaultKind: string | 0, namespace: string): string {
  return defaultKind ? `${defaultKind.toLowerCase()}:${namespace}/${name}` : name;
}

function nameIn(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}

/** The same JSON such that it can be kept in one byte a character, wherever that is shorter. */
export function narrowJson(json: string): string {
  const wide = json.match(WIDE)?.length ?? 0;
  return wide && wide * 5 < json.length
    ? json.replace(WIDE, text => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json;
}

const WIDE = /[\u0100-\uffff]/g;

export function packRange({ start, end }: Range): PackedRange {
  return [start.line, start.character, end.line, end.character];
}

export function unpackRange([line, character, endLine, endCharacter]: PackedRange): Range {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

export function isEntity(value: unknown): value is Entity {
  if (!isRecord(value) || !isRecord(value['metadata'])) return false;
  const { apiVersion, kind, metadata, spec } = value;
  return (
    [apiVersion, kind, metadata['name']].every(text => typeof text === 'string') &&
    (spec === undefined || isRecord(spec))
  );
}

export function isDetails(value: unknown): value is Details {
  if (!Array.isArray(value) || value.length !== 9) return false;
  const [document, range, nameRange, name, namespace, kind, isShortened, references, emitted] =
    value as unknown[];
  return (
    isCount(document) &&
    isRange(range) &&
    isRange(nameRange) &&
    [name, namespace, kind].every(isTextOrNone) &&
    (isShortened === 0 || isShortened === 1) &&
    Array.isArray(references) &&
    references.every(isReference) &&
    Array.isArray(emitted) &&
    emitted.every(relation => isTexts(relation, 3))
  );
}

function isReference(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 5) return false;
  const [field, written, target, rule, range] = value as unknown[];
  const isPlace = field === WHOLE_FIELD || isCount(field);
  return (
    (typeof rule === 'number' ? isPlace : typeof field === 'string') &&
    (written === 0 || typeof written === 'string') &&
    typeof target === 'string' &&
    isRule(rule) &&
    isRange(range)
  );
}

function isRule(value: unknown): boolean {
  if (typeof value === 'number') return RULES[value] !== undefined;
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    isTexts(value.slice(0, 2), 2) &&
    isTextOrNone(value[2])
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

function isTextOrNone(value: unknown): boolean {
  return value === 0 || (typeof value === 'string' && value !== '');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
