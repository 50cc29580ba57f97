import type { CatalogService, EntitySource } from '../../../../api';
import { type RelationPairs, stringifyEntityRef } from '../../../../model';
import { type FieldChange, fieldChanges } from '../../../../model/differences';
import { inSlices } from '../../../../platform/core';
import { type ProblemChanges, problemChanges } from './problemChanges';
import { type RelationChanges, relationChanges, RelationSet } from './relationChanges';
import { findRenames, type PlacedEntity } from './renames';

export interface RemovedEntity extends PlacedEntity {
  /** Where its descriptor stands that has errors now, if it has. */
  readonly failedIn: EntitySource | undefined;
}

/** An entity that is there on both sides: changed, moved to another file, or under another name. */
export interface EntityChange {
  readonly before: PlacedEntity;
  readonly after: PlacedEntity;
  /** Without the name, where that is what changed. */
  readonly fields: readonly FieldChange[];
  readonly isRenamed: boolean;
  readonly isMoved: boolean;
}

/** What one catalog has and another has not. Everything is sorted by refs. */
export interface CatalogDiff {
  readonly entities: {
    readonly added: readonly PlacedEntity[];
    readonly removed: readonly RemovedEntity[];
    readonly changed: readonly EntityChange[];
  };
  readonly relations: RelationChanges;
  /** One for each place, also of those that catalogs report together. */
  readonly problems: ProblemChanges;
}

export interface DiffOptions {
  readonly pairs: RelationPairs;
  readonly signal: AbortSignal;
}

/**
 * Compares two catalogs of the same folder, in time slices; URIs of files must mean the same on both sides.
 *
 * @throws the reason of the signal once it is aborted
 */
export async function diffCatalogs(
  before: CatalogService,
  after: CatalogService,
  { pairs, signal }: DiffOptions,
): Promise<CatalogDiff> {
  const diff = await inSlices(compare(before, after, pairs), signal);
  signal.throwIfAborted();
  if (!diff) throw new Error('The comparison was left unfinished');
  return diff;
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
