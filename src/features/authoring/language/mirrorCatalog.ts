import { compareCodeUnits } from '../../../base';
import {
  type CatalogFileRow,
  type CompoundEntityRef,
  type EntityRelation,
  type FailedDescriptor,
  parseEntityRef,
  type Problem,
} from '../../../model';
import { KindRegistry } from '../../../model/validation';
import { NearestRefs } from '../../catalog/core/shared';
import type {
  CatalogEntity,
  CatalogView,
  FacetField,
  FailedPlace,
  ReferencePlace,
} from './catalogView';

const NONE: readonly never[] = [];

/** URI prefix of rows without a file. */
const PROVIDED = 'provider:';

/** A copy of a catalog in another process, composed of rows by file: a file's rows replace its earlier ones. */
export class MirrorCatalog implements CatalogView {
  kinds: KindRegistry = KindRegistry.builtin();
  isReady = false;
  #files = new Map<string, readonly CatalogEntity[]>();
  #failed = new Map<string, readonly FailedDescriptor[]>();
  #winners = new Map<string, CatalogEntity>();
  #byKind = new Map<string, Map<string, CatalogEntity>>();
  /** Referring entities by target. */
  #referrers = new Map<string, Set<CatalogEntity>>();
  /** Entities with relations emitted by plugins, by the relations' sources. */
  #emitted = new Map<string, Set<CatalogEntity>>();
  #nearest = new NearestRefs(ref => this.#spelled(ref));
  #problems = new Map<string, readonly Problem[]>();
  #facets = new Map<string, ReadonlyMap<string, number>>();

  /** Removes everything, before another catalog is loaded. */
  clear(): void {
    for (const uri of [...this.#files.keys()]) this.update([{ uri, entities: [] }]);
    this.#failed.clear();
    this.#problems.clear();
    this.isReady = false;
  }

  update(rows: readonly CatalogFileRow[]): void {
    this.#facets.clear();
    const gone = rows.flatMap(({ uri }) => this.#files.get(uri) ?? NONE);
    // An entity that moves between files must not be missing in between.
    for (const entity of gone) this.#disconnect(entity);
    for (const { uri, entities, failed } of rows) {
      if (failed) this.#failed.set(uri, failed);
      else this.#failed.delete(uri);
      const file = uri.startsWith(PROVIDED) ? undefined : uri;
      const mirrored = entities.map(entity => ({ ...entity, file }));
      if (mirrored.length) this.#files.set(uri, mirrored);
      else this.#files.delete(uri);
      for (const entity of mirrored) this.#connect(entity);
    }
    for (const { ref } of gone) if (!this.#winners.has(ref)) this.#nearest.delete(ref);
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

  *entities(kind?: string): Iterable<CatalogEntity> {
    const found = kind === undefined ? this.#winners : this.#byKind.get(kind.toLowerCase());
    yield* found?.values() ?? NONE;
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
    for (const { ref: referrer, references } of this.#referrers.get(ref) ?? NONE) {
      for (const site of references) if (site.targetRef === ref) add(site.inverse, referrer);
    }
    for (const { emitted } of this.#emitted.get(ref) ?? NONE) {
      for (const { sourceRef, type, targetRef } of emitted ?? NONE) {
        if (sourceRef === ref) add(type, targetRef);
      }
    }
    return [...found.values()].sort(
      (a, b) => compareCodeUnits(a.type, b.type) || compareCodeUnits(a.targetRef, b.targetRef),
    );
  }

  referencesTo(ref: string): readonly ReferencePlace[] {
    return [...(this.#referrers.get(ref) ?? NONE)].flatMap(entity => {
      const { file, place, ref: sourceRef, references } = entity;
      const document = place?.document ?? 0;
      return references.flatMap(site =>
        site.targetRef === ref ? { ...site, file, document, sourceRef } : [],
      );
    });
  }

  referrerCount(ref: string): number {
    return this.#referrers.get(ref)?.size ?? 0;
  }

  nearest(...question: Parameters<CatalogView['nearest']>): readonly string[] {
    return this.#nearest.find(...question);
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
    const { ref, kind, isShadowed, references, emitted } = entity;
    if (isShadowed) return;
    this.#winners.set(ref, entity);
    const key = kind.toLowerCase();
    let ofKind = this.#byKind.get(key);
    if (!ofKind) this.#byKind.set(key, (ofKind = new Map<string, CatalogEntity>()));
    ofKind.set(ref, entity);
    this.#nearest.add(ref);
    for (const { targetRef } of references) add(this.#referrers, targetRef, entity);
    for (const { sourceRef } of emitted ?? NONE) add(this.#emitted, sourceRef, entity);
  }

  #disconnect(entity: CatalogEntity): void {
    const { ref, kind, isShadowed, references, emitted } = entity;
    if (isShadowed) return;
    if (this.#winners.get(ref) === entity) {
      this.#winners.delete(ref);
      this.#byKind.get(kind.toLowerCase())?.delete(ref);
    }
    for (const { targetRef } of references) remove(this.#referrers, targetRef, entity);
    for (const { sourceRef } of emitted ?? NONE) remove(this.#emitted, sourceRef, entity);
  }

  #spelled(ref: string): CompoundEntityRef {
    return this.#winners.get(ref) ?? parseEntityRef(ref);
  }
}

function valuesOf(entity: CatalogEntity, field: FacetField): readonly string[] {
  if (field === 'tag') return entity.tags ?? NONE;
  const value = entity[field];
  return value === undefined ? NONE : [value];
}

function add(index: Map<string, Set<CatalogEntity>>, key: string, entity: CatalogEntity): void {
  const others = index.get(key);
  if (others) others.add(entity);
  else index.set(key, new Set([entity]));
}

function remove(index: Map<string, Set<CatalogEntity>>, key: string, entity: CatalogEntity): void {
  const others = index.get(key);
  if (others?.delete(entity) && !others.size) index.delete(key);
}
