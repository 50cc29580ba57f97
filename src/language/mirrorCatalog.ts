import { compareCodeUnits, movedRange } from '../base';
import { NearestRefs } from '../core/catalog/withoutEngine';
import {
  type CatalogFileRow,
  type CompoundEntityRef,
  type EntityRelation,
  type FailedDescriptor,
  type MovedSummary,
  parseEntityRef,
  type Problem,
} from '../model';
import { KindRegistry } from '../model/validation';
import type {
  CatalogEntity,
  CatalogView,
  FacetField,
  FailedPlace,
  ReferencePlace,
} from './catalogView';

const NONE: readonly never[] = [];

/**
 * A catalog that lives somewhere else, put together from what its files bring: the rows of a file take
 * the place of those that it had before.
 */
export class MirrorCatalog implements CatalogView {
  kinds: KindRegistry = KindRegistry.builtin();
  isReady = false;
  #files = new Map<string, readonly CatalogEntity[]>();
  #failed = new Map<string, readonly FailedDescriptor[]>();
  #winners = new Map<string, CatalogEntity>();
  #byKind = new Map<string, Map<string, CatalogEntity>>();
  /** By target, and there by the entity that refers to it. */
  #referrers = new Map<string, Map<CatalogEntity, ReferencePlace[]>>();
  /** Relations that plugins emitted, by their source. */
  #emitted = new Map<string, Map<CatalogEntity, EntityRelation[]>>();
  #nearest = new NearestRefs(ref => this.#spelled(ref));
  #problems = new Map<string, readonly Problem[]>();
  #facets = new Map<string, ReadonlyMap<string, number>>();

  /** Forgets everything: what comes next is another catalog. */
  clear(): void {
    for (const uri of [...this.#files.keys()]) this.update([{ uri, entities: [] }]);
    this.#failed.clear();
    this.#problems.clear();
    this.isReady = false;
  }

  update(rows: readonly CatalogFileRow[]): void {
    this.#facets.clear();
    const changes = rows.map(row => changeOf(row, this.#files.get(row.uri)));
    // What moves from one file to another is never gone in between.
    for (const { gone } of changes) for (const entity of gone) this.#disconnect(entity);
    for (const [row, { uri, failed }] of rows.entries()) {
      if (failed) this.#failed.set(uri, failed);
      else this.#failed.delete(uri);
      const { entities = NONE, come = NONE } = changes[row] ?? {};
      if (entities.length) this.#files.set(uri, entities);
      else this.#files.delete(uri);
      for (const entity of come) this.#connect(entity);
    }
    for (const { gone } of changes) {
      for (const { ref } of gone) if (!this.#winners.has(ref)) this.#nearest.delete(ref);
    }
  }

  setProblems(file: string, problems: readonly Problem[]): void {
    if (problems.length) this.#problems.set(file, problems);
    else this.#problems.delete(file);
  }

  has(ref: string): boolean {
    return this.#winners.has(ref);
  }

  get(ref: string): CatalogEntity | undefined {
    return this.#winners.get(ref);
  }

  entities(kind?: string): Iterable<CatalogEntity> {
    return kind === undefined
      ? this.#winners.values()
      : (this.#byKind.get(kind.toLowerCase())?.values() ?? NONE);
  }

  entitiesInFile(file: string): readonly CatalogEntity[] {
    return this.#files.get(file) ?? NONE;
  }

  failedInFile(file: string): readonly FailedDescriptor[] {
    return this.#failed.get(file) ?? NONE;
  }

  failed(ref: string): readonly FailedPlace[] {
    return [...this.#failed].flatMap(([file, failed]) =>
      failed.flatMap(found => (found.ref === ref ? [{ file, ...found.place }] : [])),
    );
  }

  *files(): Iterable<string> {
    for (const uri of this.#files.keys()) if (!uri.startsWith(PROVIDED)) yield uri;
    for (const uri of this.#failed.keys()) if (!this.#files.has(uri)) yield uri;
  }

  relations(ref: string): readonly EntityRelation[] {
    const found = new Map<string, EntityRelation>();
    const add = (type: string, targetRef: string): void => {
      found.set(`${type} ${targetRef}`, { type, targetRef });
    };
    for (const { type, targetRef } of this.#winners.get(ref)?.references ?? NONE) {
      add(type, targetRef);
    }
    for (const { inverse, sourceRef } of this.referencesTo(ref)) add(inverse, sourceRef);
    for (const relations of this.#emitted.get(ref)?.values() ?? NONE) {
      for (const { type, targetRef } of relations) add(type, targetRef);
    }
    return [...found.values()].sort(
      (a, b) => compareCodeUnits(a.type, b.type) || compareCodeUnits(a.targetRef, b.targetRef),
    );
  }

  referencesTo(ref: string): readonly ReferencePlace[] {
    const referrers = this.#referrers.get(ref);
    return referrers ? [...referrers.values()].flat() : NONE;
  }

  referrerCount(ref: string): number {
    return this.#referrers.get(ref)?.size ?? 0;
  }

  nearest(
    target: CompoundEntityRef,
    context: { readonly defaultKind?: string; readonly defaultNamespace: string },
  ): readonly string[] {
    return this.#nearest.find(target, context);
  }

  facet(field: FacetField, kind?: string): ReadonlyMap<string, number> {
    const key = `${field} ${kind?.toLowerCase() ?? ''}`;
    const known = this.#facets.get(key);
    if (known) return known;
    const counts = new Map<string, number>();
    for (const entity of this.entities(kind)) {
      for (const value of valuesOf(entity, field)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    this.#facets.set(key, counts);
    return counts;
  }

  problems(file: string): readonly Problem[] {
    return this.#problems.get(file) ?? NONE;
  }

  #connect(entity: CatalogEntity): void {
    if (entity.isShadowed) return;
    const { ref, file, place } = entity;
    this.#winners.set(ref, entity);
    const kind = entity.kind.toLowerCase();
    let ofKind = this.#byKind.get(kind);
    if (!ofKind) this.#byKind.set(kind, (ofKind = new Map<string, CatalogEntity>()));
    ofKind.set(ref, entity);
    this.#nearest.add(ref);
    const document = place?.document ?? 0;
    for (const site of entity.references) {
      const reference = { ...site, file, document, sourceRef: ref };
      add(this.#referrers, site.targetRef, entity, reference);
    }
    for (const relation of entity.emitted ?? NONE) {
      add(this.#emitted, relation.sourceRef, entity, relation);
    }
  }

  #disconnect(entity: CatalogEntity): void {
    const { ref } = entity;
    if (entity.isShadowed) return;
    if (this.#winners.get(ref) === entity) {
      this.#winners.delete(ref);
      this.#byKind.get(entity.kind.toLowerCase())?.delete(ref);
    }
    for (const { targetRef } of entity.references) remove(this.#referrers, targetRef, entity);
    for (const { sourceRef } of entity.emitted ?? NONE) remove(this.#emitted, sourceRef, entity);
  }

  #spelled(ref: string): CompoundEntityRef {
    return this.#winners.get(ref) ?? parseEntityRef(ref);
  }
}

/** What a row makes of what a file had before. */
interface RowChange {
  readonly entities: readonly CatalogEntity[];
  readonly gone: readonly CatalogEntity[];
  readonly come: readonly CatalogEntity[];
}

function changeOf(
  { uri, entities: sent }: CatalogFileRow,
  before: readonly CatalogEntity[] = NONE,
): RowChange {
  const file = uri.startsWith(PROVIDED) ? undefined : uri;
  const kept = before.map(() => false);
  const entities: CatalogEntity[] = [];
  const come: CatalogEntity[] = [];
  const add = (entity: CatalogEntity): void => {
    entities.push(entity);
    come.push(entity);
  };
  for (const entity of sent) {
    if (typeof entity === 'number') {
      const known = before[entity];
      if (known) entities.push(known);
      kept[entity] = true;
    } else if ('from' in entity) {
      const known = before[entity.from];
      if (known) add(moved(known, entity));
    } else add({ ...entity, file });
  }
  return { entities, gone: before.filter((_, place) => !kept[place]), come };
}

function moved(entity: CatalogEntity, { document, lines }: MovedSummary): CatalogEntity {
  const { place, references } = entity;
  return {
    ...entity,
    ...(place && {
      place: {
        document,
        range: movedRange(place.range, lines),
        nameRange: movedRange(place.nameRange, lines),
      },
    }),
    references: references.map(site => ({ ...site, range: movedRange(site.range, lines) })),
  };
}

/** URIs of rows that are not files start so. */
const PROVIDED = 'provider:';

function valuesOf(entity: CatalogEntity, field: FacetField): readonly string[] {
  if (field === 'tag') return entity.tags ?? NONE;
  const value = entity[field];
  return value === undefined ? NONE : [value];
}

function add<T>(
  index: Map<string, Map<CatalogEntity, T[]>>,
  key: string,
  entity: CatalogEntity,
  item: T,
): void {
  const lists = index.get(key);
  const items = lists?.get(entity);
  if (items) items.push(item);
  else if (lists) lists.set(entity, [item]);
  else index.set(key, new Map([[entity, [item]]]));
}

function remove<T>(
  index: Map<string, Map<CatalogEntity, T[]>>,
  key: string,
  entity: CatalogEntity,
): void {
  const lists = index.get(key);
  if (lists?.delete(entity) && !lists.size) index.delete(key);
}
