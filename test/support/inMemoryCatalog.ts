import type {
  CatalogChangeEvent,
  CatalogMode,
  CatalogService,
  CatalogStatus,
  EntityAncestry,
  EntityDependents,
  EntitySource,
  EntityVersion,
  FailedEntity,
  MissingTargets,
} from '../../src/api';
import { Emitter, EMPTY_RANGE } from '../../src/base';
import { dependentsInCatalog } from '../../src/features/catalog/core/dependents';
import {
  type CompoundEntityRef,
  type Entity,
  type EntityRelation,
  getCompoundEntityRef,
  type JsonObject,
  type Problem,
  readEntityRef,
  RelationPairs,
  stringifyEntityRef,
} from '../../src/model';
import { noModelNames } from '../../src/model/presentation';
import { KindRegistry } from '../../src/model/validation';

export interface InMemoryCatalogContent {
  readonly entities?: readonly Entity[];
  readonly failed?: readonly FailedEntity[];
  readonly problems?: readonly Problem[];
  /** Files of entities by ref; default: `file:///work/catalog-info.yaml`. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A catalog of given entities with the relations of the model. For tests of code that uses a catalog. */
export class InMemoryCatalog implements CatalogService {
  #content: InMemoryCatalogContent = {};
  #entities = new Map<string, Entity>();
  #relations = new Map<string, EntityRelation[]>();
  #changed = new Emitter<CatalogChangeEvent>();
  #statusChanged = new Emitter<CatalogStatus>();

  readonly status: CatalogStatus = 'ready';
  readonly mode: CatalogMode = 'discovered';
  readonly names = noModelNames;
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeStatus = this.#statusChanged.event;

  constructor(content: InMemoryCatalogContent = {}) {
    this.#load(content);
  }

  /** Replaces parts of the content and reports the changed entities. */
  update(content: InMemoryCatalogContent): void {
    const before = this.#entities;
    const problemsBefore = this.#content.problems ?? [];
    this.#load({ ...this.#content, ...content });
    const entityRefs = new Set<string>();
    for (const ref of new Set([...before.keys(), ...this.#entities.keys()])) {
      const [old, current] = [before.get(ref), this.#entities.get(ref)];
      // Like the engine, keeps the objects of unchanged entities.
      if (old && current && JSON.stringify(old) === JSON.stringify(current)) {
        this.#entities.set(ref, old);
      } else entityRefs.add(ref);
    }
    const files = new Set<string>();
    for (const { file } of [...problemsBefore, ...(this.#content.problems ?? [])]) {
      if (file !== undefined) files.add(file);
    }
    this.#changed.fire({ entityRefs, files });
  }

  getEntityByRef(ref: string | CompoundEntityRef): Entity | undefined {
    return this.#entities.get(keyOf(ref));
  }

  loadEntity(ref: string | CompoundEntityRef): Promise<Entity | undefined> {
    return Promise.resolve(this.getEntityByRef(ref));
  }

  getEntityRefs(): readonly string[] {
    return [...this.#entities.keys()].sort();
  }

  getEntities(): readonly Entity[] {
    return [...this.#entities.keys()].sort().flatMap(ref => this.#entities.get(ref) ?? []);
  }

  getRelations(ref: string | CompoundEntityRef): readonly EntityRelation[] {
    return this.#relations.get(keyOf(ref)) ?? [];
  }

  getDependents(
    ref: string | CompoundEntityRef,
    options?: { readonly depth?: number; readonly signal?: AbortSignal },
  ): Promise<EntityDependents> {
    return dependentsInCatalog(ref, { ...options, catalog: this, pairs: new RelationPairs() });
  }

  getEntitySource(ref: string | CompoundEntityRef): EntitySource | undefined {
    const key = keyOf(ref);
    if (!this.#entities.has(key)) return undefined;
    const file = this.#content.files?.[key] ?? 'file:///work/catalog-info.yaml';
    return { file, document: 0, range: EMPTY_RANGE, nameRange: EMPTY_RANGE };
  }

  getEntitySources(ref: string | CompoundEntityRef): readonly (EntitySource | undefined)[] {
    return this.getEntityVersions(ref).map(({ source }) => source);
  }

  getEntityVersions(ref: string | CompoundEntityRef): readonly EntityVersion[] {
    const entity = this.getEntityByRef(ref);
    return entity ? [{ entity, source: this.getEntitySource(ref) }] : [];
  }

  getEntityAncestry(ref: string | CompoundEntityRef): EntityAncestry | undefined {
    return this.#entities.has(keyOf(ref))
      ? { locationRefs: [], root: { type: 'discovery' } }
      : undefined;
  }

  getEntityRefsInFile(file: string): readonly string[] {
    return [...this.#entities.keys()].filter(ref => this.getEntitySource(ref)?.file === file);
  }

  getFilesReading(): readonly string[] {
    return [];
  }

  getFailedEntities(): readonly FailedEntity[] {
    return this.#content.failed ?? [];
  }

  /** Entities without owners by relations, and without docs by problems, as in the engine. */
  getMissingTargets(): MissingTargets {
    const owner = new Set<string>();
    for (const ref of this.#entities.keys()) {
      const owners = this.getRelations(ref).filter(({ type }) => type === 'ownedBy');
      if (owners.length && owners.every(({ targetRef }) => !this.#entities.has(targetRef))) {
        owner.add(ref);
      }
    }
    const docs = this.getProblems().flatMap(({ code, entityRef }) =>
      code === 'techdocs-ref-missing' ? (entityRef ?? []) : [],
    );
    return { owner, docs: new Set(docs) };
  }

  getProblems(
    request: { file?: string; entityRef?: string; withoutFile?: boolean } = {},
  ): readonly Problem[] {
    return (this.#content.problems ?? []).filter(
      problem =>
        (!request.withoutFile || problem.file === undefined) &&
        (request.file === undefined || problem.file === request.file) &&
        (request.entityRef === undefined || problem.entityRef === request.entityRef),
    );
  }

  refresh(): Promise<void> {
    return Promise.resolve();
  }

  #load(content: InMemoryCatalogContent): void {
    this.#content = content;
    this.#entities = new Map();
    this.#relations = new Map();
    const kinds = KindRegistry.builtin();
    for (const entity of content.entities ?? []) {
      const sourceRef = stringifyEntityRef(entity);
      for (const rule of kinds.relationsFor(entity)) {
        const value = entity.spec?.[rule.field.replace(/^spec\./, '')];
        for (const written of Array.isArray(value) ? value : [value]) {
          const target = readEntityRef(written, {
            defaultKind: rule.defaultKind,
            defaultNamespace: getCompoundEntityRef(entity).namespace,
          });
          if (!target.ok) continue;
          const targetRef = stringifyEntityRef(target.value);
          this.#relate(sourceRef, rule.type, targetRef);
          this.#relate(targetRef, rule.inverse, sourceRef);
        }
      }
    }
    for (const entity of content.entities ?? []) {
      const ref = stringifyEntityRef(entity);
      this.#entities.set(ref, { ...entity, relations: [...this.getRelations(ref)] });
    }
  }

  #relate(sourceRef: string, type: string, targetRef: string): void {
    const relations = this.#relations.get(sourceRef) ?? [];
    if (!relations.some(known => known.type === type && known.targetRef === targetRef)) {
      relations.push({ type, targetRef });
    }
    this.#relations.set(sourceRef, relations);
  }
}

/** Creates an entity from its ref and spec; `metadata` is added to that of the ref. */
export function anEntity(ref: string, spec: JsonObject = {}, metadata: JsonObject = {}): Entity {
  const { kind, namespace, name } = parts(ref);
  return {
    apiVersion: kind === 'Template' ? 'scaffolder.backstage.io/v1beta3' : 'backstage.io/v1alpha1',
    kind,
    metadata: { name, ...(namespace !== 'default' && { namespace }), ...metadata },
    spec,
  };
}

export function aFailedEntity(
  failed: Partial<Omit<FailedEntity, 'source'>> & { file?: string; document?: number } = {},
): FailedEntity {
  const { file = 'file:///work/broken.yaml', document = 0, kind, namespace, name } = failed;
  return {
    kind,
    namespace,
    name,
    source: { file, document, range: EMPTY_RANGE, nameRange: EMPTY_RANGE },
  };
}

export function aProblem(problem: Partial<Problem> = {}): Problem {
  return {
    code: 'dangling-reference',
    severity: 'warning',
    message: 'Something is wrong',
    file: 'file:///work/catalog-info.yaml',
    document: 0,
    range: EMPTY_RANGE,
    ...problem,
  };
}

function keyOf(ref: string | CompoundEntityRef): string {
  return typeof ref === 'string' ? ref.toLowerCase() : stringifyEntityRef(ref);
}

function parts(ref: string): CompoundEntityRef {
  const result = readEntityRef(ref);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
