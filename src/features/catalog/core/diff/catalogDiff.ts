import type { CatalogService, EntitySource } from '../../../../api';
import { groupBy } from '../../../../base';
import {
  type Entity,
  type Problem,
  type RelationEdge,
  type RelationPairs,
  stringifyEntityRef,
} from '../../../../model';
import {
  canonicalJson,
  type FieldDifference,
  fieldChanges,
  isObject,
  writtenPart,
} from '../../../../model/differences';
import { finishInSlices } from '../../../../platform/core';

interface ProblemChanges {
  readonly added: readonly Problem[];
  readonly fixed: readonly Problem[];
}

/**
 * Returns the problems that were added and fixed. Problems are equal if their code, entity (else
 * file) and message are; their line, and the entity's file, may change. If there are more equal
 * problems than before, the last ones are new.
 *
 * @param renames - new refs by old ones
 */
export function problemChanges(
  before: readonly Problem[],
  after: readonly Problem[],
  renames: ReadonlyMap<string, string> = new Map(),
): ProblemChanges {
  const renamed = ({ entityRef }: Problem): string | undefined =>
    entityRef === undefined ? undefined : (renames.get(entityRef) ?? entityRef);
  const known = groupBy(before, problem =>
    problemIdentity({ ...problem, entityRef: renamed(problem) }),
  );
  const added = after.filter(problem => !known.get(problemIdentity(problem))?.shift());
  return { added, fixed: [...known.values()].flat() };
}

/** Returns a key of a problem that is independent of its position. */
export function problemIdentity({
  code,
  message,
  file,
  entityRef,
}: Pick<Problem, 'code' | 'message' | 'file' | 'entityRef'>): string {
  return [code, entityRef ?? file ?? '', withoutPlaces(message)].join('\0');
}

/** Removes positions, which shift, and suggestions, which depend on other entities, from a message. */
function withoutPlaces(message: string): string {
  return message
    .replace(/\bline \d+(?:, column \d+)?/g, 'line')
    .replace(/\[\d+\]/g, '[]')
    .replace(/:\d+(?= takes precedence$)/, '')
    .replace(/\. Did you mean .*\?$/s, '');
}

/** An added or removed relation, as the forward one of its pair. */
export interface RelationChange extends RelationEdge {
  /** Inverse type; undefined if unknown. */
  readonly inverse: string | undefined;
  /** Refs of the ends that are missing in the catalog with the relation. */
  readonly missing: readonly string[];
}

interface RelationChanges {
  readonly added: readonly RelationChange[];
  readonly removed: readonly RelationChange[];
  /** Relations on both sides with an end that is newly missing. */
  readonly broken: readonly RelationChange[];
  /** Relations on both sides whose missing end exists now. */
  readonly fixed: readonly RelationChange[];
}

/** The relations of a catalog, each pair once. */
class RelationSet {
  #pairs: RelationPairs;
  #refs = new Set<string>();
  #edges = new Map<string, RelationEdge>();

  constructor(pairs: RelationPairs) {
    this.#pairs = pairs;
  }

  /** Collects the relations of entities, yielding after each entity. */
  static *of(entities: Iterable<PlacedEntity>, pairs: RelationPairs): Generator<void, RelationSet> {
    const relations = new RelationSet(pairs);
    for (const { ref: source, entity } of entities) {
      yield;
      relations.#refs.add(source);
      for (const { type, targetRef } of entity.relations ?? []) {
        const edge = pairs.forward({ source, type, target: targetRef });
        relations.#edges.set(keyOf(edge), edge);
      }
    }
    return relations;
  }

  has(edge: RelationEdge): boolean {
    return this.#edges.has(keyOf(edge));
  }

  edges(): Iterable<RelationEdge> {
    return this.#edges.values();
  }

  missingEnds({ source, target }: RelationEdge): readonly string[] {
    return [source, target].filter(ref => !this.#refs.has(ref));
  }

  describe(edge: RelationEdge): RelationChange {
    return {
      ...edge,
      inverse: this.#pairs.inverseOf(edge.type),
      missing: this.missingEnds(edge),
    };
  }
}

/**
 * Compares relations. Relations that only follow a renamed entity are unchanged.
 *
 * @param renames - new refs by old ones
 */
function relationChanges(
  before: RelationSet,
  after: RelationSet,
  renames: ReadonlyMap<string, string>,
): RelationChanges {
  const followed = new Set<string>();
  const added: RelationChange[] = [];
  const removed: RelationChange[] = [];
  const broken: RelationChange[] = [];
  const fixed: RelationChange[] = [];
  for (const edge of before.edges()) {
    const renamed = {
      ...edge,
      source: renames.get(edge.source) ?? edge.source,
      target: renames.get(edge.target) ?? edge.target,
    };
    const kept = [edge, renamed].find(candidate => after.has(candidate));
    if (!kept) {
      removed.push(before.describe(edge));
      continue;
    }
    followed.add(keyOf(kept));
    const missedBefore = before.missingEnds(edge).length > 0;
    const misses = after.missingEnds(kept).length > 0;
    if (misses && !missedBefore) broken.push(after.describe(kept));
    if (missedBefore && !misses) fixed.push(after.describe(kept));
  }
  for (const edge of after.edges()) {
    if (!followed.has(keyOf(edge))) added.push(after.describe(edge));
  }
  for (const changes of [added, removed, broken, fixed]) changes.sort(byEnds);
  return { added, removed, broken, fixed };
}

function keyOf({ source, type, target }: RelationEdge): string {
  return `${source}\0${type}\0${target}`;
}

function byEnds(a: RelationEdge, b: RelationEdge): number {
  const [one, other] = [keyOf(a), keyOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** An entity with its ref and place. */
export interface PlacedEntity {
  readonly ref: string;
  readonly entity: Entity;
  /** Undefined for entities outside files. */
  readonly source: EntitySource | undefined;
}

/**
 * Matches removed and added entities that are the same under another name: same kind and spec, and
 * the same file or, except for the name, the same non-empty metadata. Ambiguous matches are
 * ignored.
 *
 * @returns added entities by the refs of removed ones
 */
function findRenames(
  removed: readonly PlacedEntity[],
  added: readonly PlacedEntity[],
): ReadonlyMap<string, PlacedEntity> {
  const renames = new Map<string, PlacedEntity>();
  const taken = new Set<string>();
  for (const keyOf of [keyInFile, keyAnywhere]) {
    const left = removed.filter(({ ref }) => !renames.has(ref));
    const wanted = onlyOnes(left, keyOf);
    const offered = onlyOnes(
      added.filter(({ ref }) => !taken.has(ref)),
      keyOf,
    );
    for (const [key, before] of wanted) {
      const after = offered.get(key);
      if (!after) continue;
      renames.set(before.ref, after);
      taken.add(after.ref);
    }
  }
  return renames;
}

function keyInFile({ entity, source }: PlacedEntity): string | undefined {
  return canonicalJson([source?.file ?? '', entity.kind, writtenPart(entity)['spec'] ?? null]);
}

/** Returns undefined for an entity with too little metadata to be distinctive. */
function keyAnywhere({ entity }: PlacedEntity): string | undefined {
  const written = writtenPart(entity);
  const metadata = isObject(written['metadata']) ? written['metadata'] : {};
  const { name: _name, namespace: _namespace, ...rest } = metadata;
  if (!Object.keys(rest).length) return undefined;
  return canonicalJson([entity.kind, written['spec'] ?? null, rest]);
}

/** Maps unique keys to entities. */
function onlyOnes(
  entities: readonly PlacedEntity[],
  keyOf: (entity: PlacedEntity) => string | undefined,
): ReadonlyMap<string, PlacedEntity> {
  const found = new Map<string, PlacedEntity>();
  const repeated = new Set<string>();
  for (const entity of entities) {
    const key = keyOf(entity);
    if (key === undefined) continue;
    if (found.has(key)) repeated.add(key);
    found.set(key, entity);
  }
  for (const key of repeated) found.delete(key);
  return found;
}

export interface RemovedEntity extends PlacedEntity {
  /** Place of its descriptor if it has errors now. */
  readonly failedIn: EntitySource | undefined;
}

/** An entity on both sides that was changed, moved to another file, or renamed. */
export interface EntityChange {
  readonly before: PlacedEntity;
  readonly after: PlacedEntity;
  /** Changed fields; without the name of a renamed entity. */
  readonly fields: readonly FieldDifference[];
  readonly isRenamed: boolean;
  readonly isMoved: boolean;
}

/** Differences of two catalogs, sorted by refs. */
export interface CatalogDiff {
  readonly entities: {
    readonly added: readonly PlacedEntity[];
    readonly removed: readonly RemovedEntity[];
    readonly changed: readonly EntityChange[];
  };
  readonly relations: RelationChanges;
  /** Problems without grouping. */
  readonly problems: ProblemChanges;
}

interface DiffOptions {
  readonly pairs: RelationPairs;
  readonly signal: AbortSignal;
}

/**
 * Compares two catalogs of the same folder, in time slices. URIs must be the same on both sides.
 *
 * @throws the reason of the signal once it is aborted
 */
export async function diffCatalogs(
  before: CatalogService,
  after: CatalogService,
  { pairs, signal }: DiffOptions,
): Promise<CatalogDiff> {
  return finishInSlices(compare(before, after, pairs), signal);
}

function* compare(
  before: CatalogService,
  after: CatalogService,
  pairs: RelationPairs,
): Generator<void, CatalogDiff> {
  const olds = yield* entitiesOf(before);
  const news = yield* entitiesOf(after);
  const removed = [...olds.values()].filter(({ ref }) => !news.has(ref));
  const added = [...news.values()].filter(({ ref }) => !olds.has(ref));
  const renames = findRenames(removed, added);
  const renamedTo = new Map([...renames].map(([old, { ref }]) => [old, ref]));
  const newNames = new Set(renamedTo.values());

  const changed: EntityChange[] = [];
  for (const old of olds.values()) {
    yield;
    const now = news.get(old.ref) ?? renames.get(old.ref);
    const change = now && changeOf(old, now);
    if (change) changed.push(change);
  }
  changed.sort((a, b) => (a.after.ref < b.after.ref ? -1 : 1));
  const failed = failedEntities(after);
  return {
    entities: {
      added: added.filter(({ ref }) => !newNames.has(ref)),
      removed: removed
        .filter(({ ref }) => !renames.has(ref))
        .map(entity => ({ ...entity, failedIn: failed.get(entity.ref) })),
      changed,
    },
    relations: relationChanges(
      yield* RelationSet.of(olds.values(), pairs),
      yield* RelationSet.of(news.values(), pairs),
      renamedTo,
    ),
    problems: problemChanges(
      before.getProblems({ ungrouped: true }),
      after.getProblems({ ungrouped: true }),
      renamedTo,
    ),
  };
}

function changeOf(before: PlacedEntity, after: PlacedEntity): EntityChange | undefined {
  const isRenamed = before.ref !== after.ref;
  const isMoved = before.source?.file !== after.source?.file;
  const fields = fieldChanges(before.entity, after.entity).filter(
    ({ path: [root, field, ...deeper] }) =>
      !isRenamed ||
      root !== 'metadata' ||
      deeper.length > 0 ||
      (field !== 'name' && field !== 'namespace'),
  );
  if (!isRenamed && !isMoved && !fields.length) return undefined;
  return { before, after, fields, isRenamed, isMoved };
}

function* entitiesOf(catalog: CatalogService): Generator<void, ReadonlyMap<string, PlacedEntity>> {
  const found = new Map<string, PlacedEntity>();
  for (const ref of catalog.getEntityRefs()) {
    yield;
    const entity = catalog.getEntityByRef(ref);
    if (entity) found.set(ref, { ref, entity, source: catalog.getEntitySource(ref) });
  }
  return found;
}

function failedEntities(catalog: CatalogService): ReadonlyMap<string, EntitySource> {
  const failed = new Map<string, EntitySource>();
  for (const { kind, namespace, name, source } of catalog.getFailedEntities()) {
    if (kind && name) failed.set(stringifyEntityRef({ kind, namespace, name }), source);
  }
  return failed;
}
