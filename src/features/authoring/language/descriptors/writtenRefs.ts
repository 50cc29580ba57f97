import {
  type CompoundEntityRef,
  readEntityRef,
  type RelationRule,
  stringifyEntityRef,
  targetKindsOf,
} from '../../../../model';
import { type RefAnnotation, refAnnotations } from '../../../../model/annotations';
import type { KindRegistry } from '../../../../model/validation';
import { cursorAt, type FieldPath, scalarsAt, type WrittenScalar } from '../documents/cursor';
import { PartCache } from '../documents/yamlPart';
import { alone, type PlacedPart, type YamlText } from '../documents/yamlText';
import { type Descriptor, descriptorOf, relationRulesOf } from './descriptor';

/** A field with refs to entities, and their defaults. */
export interface RefField {
  /** Dotted: `spec.owner`. */
  readonly field: string;
  readonly defaultKind: string | undefined;
  readonly defaultNamespace: string;
  /** The allowed kinds; undefined for all. */
  readonly kinds: readonly string[] | undefined;
  /** The relation of the field; undefined for annotations, which have none. */
  readonly rule: RelationRule | undefined;
}

/** A ref in an open document. */
export interface WrittenRef {
  readonly placed: PlacedPart;
  readonly descriptor: Descriptor;
  readonly field: RefField;
  readonly path: FieldPath;
  readonly scalar: WrittenScalar;
  /** Undefined if it can't be parsed. */
  readonly target: CompoundEntityRef | undefined;
  /** Full and lowercase. */
  readonly targetRef: string | undefined;
}

/** Returns the ref field at a path of a descriptor: `['spec', 'owner']`, or an item of a list of refs. */
export function refFieldAt(
  path: FieldPath,
  descriptor: Descriptor,
  kinds: KindRegistry,
): RefField | undefined {
  const [root, key, last] = path;
  if (root === 'metadata' && key === 'annotations' && path.length === 3) {
    const annotation = refAnnotations.find(known => known.key === last);
    return annotation && annotationField(annotation);
  }
  const isItem = typeof path.at(-1) === 'number';
  const field = (isItem ? path.slice(0, -1) : path).join('.');
  const rule = relationRulesOf(descriptor, kinds).find(candidate => candidate.field === field);
  return rule && relationField(rule, descriptor);
}

/** Returns all refs of a document, in the order of its fields. */
export function refsIn(placed: PlacedPart, kinds: KindRegistry): readonly WrittenRef[] {
  const { part, start } = placed;
  const refs = refsOfPart.get(part, kinds, () => findRefs(alone(part), kinds));
  return refs.map(ref => {
    const { scalar } = ref;
    const shifted = { ...scalar, start: scalar.start + start, end: scalar.end + start };
    return { ...ref, placed, scalar: shifted };
  });
}

/** Refs with offsets as if each document were at the start of its file. */
const refsOfPart = new PartCache<readonly WrittenRef[]>();

function findRefs(placed: PlacedPart, kinds: KindRegistry): readonly WrittenRef[] {
  const descriptor = descriptorOf(placed.part, kinds);
  if (!descriptor) return [];
  const refs: WrittenRef[] = [];
  const add = (path: FieldPath, field: RefField): void => {
    for (const found of scalarsAt(placed, path)) {
      // Items of a list are refs; values in a map aren't.
      if (found.path.length > path.length + 1) continue;
      if (found.path.length > path.length && typeof found.path.at(-1) !== 'number') continue;
      if (found.scalar.value) refs.push(writtenRef(placed, { descriptor, field, ...found }));
    }
  };
  for (const rule of relationRulesOf(descriptor, kinds)) {
    add(rule.field.split('.'), relationField(rule, descriptor));
  }
  for (const annotation of refAnnotations) {
    add(['metadata', 'annotations', annotation.key], annotationField(annotation));
  }
  return refs;
}

/** Returns the ref that a place in the text touches. */
export function refAt(text: YamlText, offset: number, kinds: KindRegistry): WrittenRef | undefined {
  const cursor = cursorAt(text, offset);
  if (cursor?.at !== 'value') return undefined;
  const { placed, path, scalar } = cursor;
  const descriptor = descriptorOf(placed.part, kinds);
  const field = descriptor && refFieldAt(path, descriptor, kinds);
  if (!field || !scalar.value) return undefined;
  return writtenRef(placed, { descriptor, field, path, scalar });
}

function writtenRef(
  placed: PlacedPart,
  found: Pick<WrittenRef, 'descriptor' | 'field' | 'path' | 'scalar'>,
): WrittenRef {
  const target = refTarget(found.scalar.value, found.field);
  return { placed, ...found, target, targetRef: target && stringifyEntityRef(target) };
}

/** Returns the target of a ref in a field; undefined if it can't be parsed or has template syntax. */
export function refTarget(
  written: string,
  field: Pick<RefField, 'defaultKind' | 'defaultNamespace'>,
): CompoundEntityRef | undefined {
  const read = readEntityRef(written, field);
  return read.ok && !/\{[{%#]/.test(written) ? read.value : undefined;
}

function relationField(rule: RelationRule, { namespace }: Descriptor): RefField {
  return {
    field: rule.field,
    defaultKind: rule.defaultKind,
    defaultNamespace: namespace,
    kinds: targetKindsOf(rule),
    rule,
  };
}

function annotationField({ key, kinds }: RefAnnotation): RefField {
  return {
    field: `metadata.annotations.${key}`,
    defaultKind: undefined,
    defaultNamespace: 'default',
    kinds,
    rule: undefined,
  };
}
