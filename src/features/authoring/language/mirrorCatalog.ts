import { compareCodeUnits, movedRange } from '../../../base';
import {
  type CatalogFileRow,
  type CompoundEntityRef,
  type EntityRelation,
  type FailedDescriptor,
  type MovedSummary,
  parseEntityRef,
  type Problem,
} from '../../../model';
import { KindRegistry } from '../../../model/validation';
import { NearestRefs } from '../../catalog/core/withoutEngine';
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
  #files = new Map<string, MirroredFile>();
  #failed = new Map<string, readonly FailedDescriptor[]>();
  #winners = new Map<string, MirroredEntity>();
  #byKind = new Map<string, Map<string, MirroredEntity>>();
  /** By target. */
  #referrers = new Map<string, Set<MirroredEntity>>();
  /** Those of which plugins emitted relations, by the sources of these. */
  #emitted = new Map<string, Set<MirroredEntity>>();
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
      if (entities.length) this.#files.set(uri, new MirroredFile(entities));
      else this.#files.delete(uri);
      for (const entity of come) this.#connect(entity);
    }
    for (const { gone } of changes) {
      for (const { said } of gone) {
        if (!this.#winners.has(said.ref)) this.#nearest.delete(said.ref);
      }
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
    return this.#winners.get(ref)?.entity;
  }

  *entities(kind?: string): Iterable<CatalogEntity> {
    const found = kind === undefined ? this.#winners : this.#byKind.get(kind.toLowerCase());
    for (const mirrored of found?.values() ?? NONE) yield mirrored.entity;
  }

  entitiesInFile(file: string): readonly CatalogEntity[] {
    return this.#files.get(file)?.entities ?? NONE;
  }

  hasEntitiesInFile(file: string): boolean {
    return this.#files.has(file);
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
    for (const { type, targetRef } of this.#winners.get(ref)?.said.references ?? NONE) {
      add(type, targetRef);
    }
    for (const { said } of this.#referrers.get(ref) ?? NONE) {
      for (const site of said.references) if (site.targetRef === ref) add(site.inverse, said.ref);
    }
    for (const { said } of this.#emitted.get(ref) ?? NONE) {
      for (const { sourceRef, type, targetRef } of said.emitted ?? NONE) {
        if (sourceRef === ref) add(type, targetRef);
      }
    }
    return [...found.values()].sort(
      (a, b) => compareCodeUnits(a.type, b.type) || compareCodeUnits(a.targetRef, b.targetRef),
    );
  }

  referencesTo(ref: string): readonly ReferencePlace[] {
    return [...(this.#referrers.get(ref) ?? NONE)].flatMap(({ entity }) => {
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

  #connect(mirrored: MirroredEntity): void {
    const { ref, kind, isShadowed, references, emitted } = mirrored.said;
    if (isShadowed) return;
    this.#winners.set(ref, mirrored);
    const key = kind.toLowerCase();
    let ofKind = this.#byKind.get(key);
    if (!ofKind) this.#byKind.set(key, (ofKind = new Map<string, MirroredEntity>()));
    ofKind.set(ref, mirrored);
    this.#nearest.add(ref);
    for (const { targetRef } of references) add(this.#referrers, targetRef, mirrored);
    for (const { sourceRef } of emitted ?? NONE) add(this.#emitted, sourceRef, mirrored);
  }

  #disconnect(mirrored: MirroredEntity): void {
    const { ref, kind, isShadowed, references, emitted } = mirrored.said;
    if (isShadowed) return;
    if (this.#winners.get(ref) === mirrored) {
      this.#winners.delete(ref);
      this.#byKind.get(kind.toLowerCase())?.delete(ref);
    }
    for (const { targetRef } of references) remove(this.#referrers, targetRef, mirrored);
    for (const { sourceRef } of emitted ?? NONE) remove(this.#emitted, sourceRef, mirrored);
  }

  #spelled(ref: string): CompoundEntityRef {
    return this.#winners.get(ref)?.said ?? parseEntityRef(ref);
  }
}

function valuesOf(entity: CatalogEntity, field: FacetField): readonly string[] {
  if (field === 'tag') return entity.tags ?? NONE;
  const value = entity[field];
  return value === undefined ? NONE : [value];
}

function add(index: Map<string, Set<MirroredEntity>>, key: string, mirrored: MirroredEntity): void {
  const others = index.get(key);
  if (others) others.add(mirrored);
  else index.set(key, new Set([mirrored]));
}

function remove(
  index: Map<string, Set<MirroredEntity>>,
  key: string,
  mirrored: MirroredEntity,
): void {
  const others = index.get(key);
  if (others?.delete(mirrored) && !others.size) index.delete(key);
}

/** URIs of rows that are not files start so. */
const PROVIDED = 'provider:';

/**
 * An entity that stays the same while edits of its file move it: an edit at the top of a large file moves
 * many, and few of them are asked for.
 */
class MirroredEntity {
  #entity: CatalogEntity;
  #move: Omit<MovedSummary, 'from'> | undefined;

  constructor(entity: CatalogEntity) {
    this.#entity = entity;
  }

  /** As it is now. */
  get entity(): CatalogEntity {
    if (this.#move) this.#entity = movedEntity(this.#entity, this.#move);
    this.#move = undefined;
    return this.#entity;
  }

  /** What it says, wherever that stands now. */
  get said(): Omit<CatalogEntity, 'place'> {
    return this.#entity;
  }

  move({ document, lines }: MovedSummary): void {
    this.#move = { document, lines: (this.#move?.lines ?? 0) + lines };
  }
}

/** What a file has, until it has something else. */
class MirroredFile {
  readonly mirrored: readonly MirroredEntity[];
  #entities: readonly CatalogEntity[] | undefined;

  constructor(mirrored: readonly MirroredEntity[]) {
    this.mirrored = mirrored;
  }

  /** The same list each time. */
  get entities(): readonly CatalogEntity[] {
    return (this.#entities ??= this.mirrored.map(({ entity }) => entity));
  }
}

/** What a row makes of what a file had before. */
interface RowChange {
  readonly entities: readonly MirroredEntity[];
  readonly gone: readonly MirroredEntity[];
  readonly come: readonly MirroredEntity[];
}

function changeOf(
  { uri, entities: sent }: CatalogFileRow,
  file: MirroredFile | undefined,
): RowChange {
  const before = file?.mirrored ?? [];
  const kept = before.map(() => false);
  const come: MirroredEntity[] = [];
  const entities = sent.flatMap(item => {
    if (typeof item === 'object' && !('from' in item)) {
      const mirrored = new MirroredEntity({
        ...item,
        file: uri.startsWith(PROVIDED) ? undefined : uri,
      });
      come.push(mirrored);
      return mirrored;
    }
    const from = typeof item === 'number' ? item : item.from;
    const known = before[from];
    if (typeof item === 'object') known?.move(item);
    kept[from] = true;
    return known ?? [];
  });
  return { entities, gone: before.filter((_, place) => !kept[place]), come };
}

function movedEntity(
  entity: CatalogEntity,
  { document, lines }: Omit<MovedSummary, 'from'>,
): CatalogEntity {
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
