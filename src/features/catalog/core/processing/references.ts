import { compareCodeUnits, getOrInsert } from '../../../../base';
import {
  builtinRelationRules,
  type CompoundEntityRef,
  DEFAULT_NAMESPACE,
  type Entity,
  readEntityRef,
  type RelationRule,
  stringifyEntityRef,
} from '../../../../model';
import type { KindRegistry } from '../../../../model/validation';
import type { FieldPath } from '../ingest/yaml/yamlDocument';

/** A ref in a field of an entity. */
export interface EntityReference {
  readonly path: FieldPath;
  readonly written: string;
  /** Full ref, lowercase. */
  readonly targetRef: string;
  readonly target: CompoundEntityRef;
  readonly rule: RelationRule;
  /** Whether the target has no inverse relation. */
  readonly isOneWay: boolean;
}

export interface ReferenceIssue {
  readonly message: string;
  readonly path: FieldPath;
}

export interface ReferencesOfEntity {
  readonly references: readonly EntityReference[];
  /** References to kinds that their field isn't meant for, whether or not they give a relation. */
  readonly misplaced: readonly Pick<EntityReference, 'path' | 'targetRef' | 'rule'>[];
  readonly issues: readonly ReferenceIssue[];
}

/**
 * Collects the references of an entity according to its kind. Refs without a namespace use the
 * entity's. Refs to kinds that a rule doesn't allow give no relation.
 *
 * Source: `postProcessEntity` of BuiltinKindsEntityProcessor and ModelProcessor.
 */
export function collectReferences(entity: Entity, kinds: KindRegistry): ReferencesOfEntity {
  const references: EntityReference[] = [];
  const misplaced: EntityReference[] = [];
  const issues: ReferenceIssue[] = [];
  const namespace = namespaceOf(entity);
  for (const rule of kinds.relationsFor(entity)) {
    const fieldPath = pathOfField(rule.field);
    const value = valueAt(entity, fieldPath);
    if (!value) continue;
    for (const [path, written] of writtenRefs(value, fieldPath)) {
      // A model's relation fields ignore other values.
      if (kinds.isModel && entity.kind !== 'Template' && typeof written !== 'string') continue;
      const target = readEntityRef(written, {
        defaultKind: rule.defaultKind,
        defaultNamespace: rule.isInDefaultNamespace ? DEFAULT_NAMESPACE : namespace,
      });
      if (!target.ok) {
        issues.push({ message: target.error, path });
        continue;
      }
      const { kind } = target.value;
      const reference: EntityReference = {
        path,
        written: String(written),
        targetRef: stringifyEntityRef(target.value),
        target: target.value,
        rule,
        isOneWay: !isAmong(kind, rule.inverseKinds),
      };
      if (isAmong(kind, rule.allowedKinds)) references.push(reference);
      if (!isAmong(kind, rule.expectedKinds) && isOfBackstage(kind, kinds)) {
        misplaced.push(reference);
      }
    }
  }
  return { references, misplaced, issues };
}

/** Whether a kind is built in; for custom kinds, the organization decides where they make sense. */
function isOfBackstage(kind: string, kinds: KindRegistry): boolean {
  const lower = kind.toLowerCase();
  return kinds.knownKinds().some(known => !known.custom && known.kind.toLowerCase() === lower);
}

export function namespaceOf(entity: Entity): string {
  const { namespace } = entity.metadata;
  return typeof namespace === 'string' && namespace ? namespace : DEFAULT_NAMESPACE;
}

/** Cache of split paths: the few rules are applied to every entity. */
const fieldPaths = new Map<string, readonly string[]>();

function pathOfField(field: string): readonly string[] {
  return getOrInsert(fieldPaths, field, () => field.split('.'));
}

function writtenRefs(value: unknown, path: FieldPath): readonly (readonly [FieldPath, unknown])[] {
  if (!Array.isArray(value)) return [[path, value]];
  return value.map((item: unknown, index) => [[...path, index], item]);
}

function isAmong(kind: string, kinds: readonly string[] | undefined): boolean {
  if (!kinds) return true;
  const lower = kind.toLowerCase();
  return kinds.some(other => other.toLowerCase() === lower);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Object.hasOwn(current, key) ? (current as Record<string, unknown>)[key] : undefined;
  }
  return current;
}

/**
 * Lists that Backstage sorts before validation, because their order is irrelevant.
 * Source: `preProcessEntity` of BuiltinKindsEntityProcessor; for AiResource, and for all kinds of a
 * server with a model, ModelProcessor, which sorts the relation fields of the entity's type.
 */
const SORTED_FIELDS = [
  'providesApis',
  'consumesApis',
  'dependsOn',
  'dependencyOf',
  'memberOf',
  'children',
  'members',
] as const;

function sortedFieldsOf(
  entity: Entity,
  kinds: KindRegistry | undefined,
): readonly (readonly string[])[] {
  const { kind, spec } = entity;
  if (kinds?.isModel) {
    // The model has no Templates, unless a layer declares them.
    const isOfModel = kind !== 'Template' || kinds.find(entity.apiVersion, kind)?.isOfModel;
    return isOfModel ? kinds.relationsFor(entity).map(({ field }) => pathOfField(field)) : [];
  }
  if (kind !== 'AiResource') return SORTED_FIELDS.map(field => ['spec', field]);
  return builtinRelationRules
    .filter(rule => rule.kind === kind && (rule.specType ?? spec?.['type']) === spec?.['type'])
    .map(({ field }) => pathOfField(field));
}

function isSorted(texts: readonly string[]): boolean {
  return texts.every((text, index) => index === 0 || (texts[index - 1] ?? '') <= text);
}

export interface SortedEntity {
  readonly entity: Entity;
  /** Returns the path in the original entity for a path in the sorted one. */
  writtenPath(path: FieldPath): FieldPath;
}

/**
 * Returns a copy with sorted ref lists; the entity itself if they are sorted.
 *
 * @param kinds - the kinds of the catalog; undefined for Backstage's own
 */
export function sortReferenceFields(entity: Entity, kinds?: KindRegistry): SortedEntity {
  const orders = new Map<string, readonly number[]>();
  let sorted: unknown = entity;
  for (const path of sortedFieldsOf(entity, kinds)) {
    const value = valueAt(entity, path);
    if (!Array.isArray(value) || !value.every(item => typeof item === 'string')) continue;
    if (isSorted(value)) continue;
    const order = value.map((_, index) => index);
    order.sort((a, b) => compareCodeUnits(value[a] ?? '', value[b] ?? ''));
    orders.set(path.join('.'), order);
    sorted = withValueAt(
      sorted,
      path,
      order.map(index => value[index] ?? ''),
    );
  }
  if (!orders.size) return { entity, writtenPath: path => path };
  return {
    entity: sorted as Entity,
    writtenPath: path => {
      const at = path.findIndex(step => typeof step === 'number');
      const order = at < 0 ? undefined : orders.get(path.slice(0, at).join('.'));
      const written = order?.[Number(path[at])];
      return written === undefined ? path : [...path.slice(0, at), written, ...path.slice(at + 1)];
    },
  };
}

/** Returns a copy of nested objects with another value at an existing path. */
function withValueAt(target: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...below] = path;
  if (key === undefined) return value;
  if (Array.isArray(target)) {
    return target.map((item: unknown, index) =>
      String(index) === key ? withValueAt(item, below, value) : item,
    );
  }
  const record = target as Readonly<Record<string, unknown>>;
  return { ...record, [key]: withValueAt(record[key], below, value) };
}
