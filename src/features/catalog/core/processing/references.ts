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
      const target = readEntityRef(written, {
        defaultKind: rule.defaultKind,
        defaultNamespace: namespace,
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

function sortedFieldsOf({ kind, spec }: Entity, hasModel: boolean): readonly string[] {
  if (kind !== 'AiResource' && !hasModel) return SORTED_FIELDS;
  // A model has neither Templates nor custom kinds.
  if (kind === 'Template') return [];
  return builtinRelationRules
    .filter(rule => rule.kind === kind && (rule.specType ?? spec?.['type']) === spec?.['type'])
    .map(({ field }) => field.slice('spec.'.length));
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
 * @param hasModel - whether the server's relations come from a model
 */
export function sortReferenceFields(
  entity: Entity,
  { hasModel = false }: { readonly hasModel?: boolean } = {},
): SortedEntity {
  const orders = new Map<string, readonly number[]>();
  const spec = entity.spec;
  if (typeof spec !== 'object' || spec === null) return { entity, writtenPath: path => path };
  const sorted: Record<string, string[]> = {};
  for (const field of sortedFieldsOf(entity, hasModel)) {
    const value = spec[field];
    if (!Array.isArray(value) || !value.every(item => typeof item === 'string')) continue;
    if (isSorted(value)) continue;
    const order = value.map((_, index) => index);
    order.sort((a, b) => compareCodeUnits(value[a] ?? '', value[b] ?? ''));
    orders.set(field, order);
    sorted[field] = order.map(index => value[index] ?? '');
  }
  if (!orders.size) return { entity, writtenPath: path => path };
  return {
    entity: { ...entity, spec: { ...spec, ...sorted } },
    writtenPath: path => {
      const [root, field, index, ...rest] = path;
      const order = root === 'spec' && typeof field === 'string' ? orders.get(field) : undefined;
      const written = order && typeof index === 'number' ? order[index] : undefined;
      return root === undefined || field === undefined || written === undefined
        ? path
        : [root, field, written, ...rest];
    },
  };
}
