import type { Entity } from '../../../../model';

/** Number of entities per generation; two generations are kept. */
const GENERATION = 256;

/**
 * Cache of assembled entities. A recently used entity, or one that is still referenced, is returned
 * as the same object; others are garbage-collected.
 */
export class EntityCache {
  #held = new Map<string, WeakRef<Entity>>();
  #young = new Map<string, Entity>();
  #old = new Map<string, Entity>();

  get(ref: string): Entity | undefined {
    const recent = this.#young.get(ref);
    if (recent) return recent;
    const entity = this.#old.get(ref) ?? this.#held.get(ref)?.deref();
    if (entity) this.#keep(ref, entity);
    return entity;
  }

  set(ref: string, entity: Entity): void {
    this.#held.set(ref, new WeakRef(entity));
    this.#keep(ref, entity);
  }

  delete(ref: string): void {
    this.#held.delete(ref);
    this.#young.delete(ref);
    this.#old.delete(ref);
  }

  deleteAll(refs: ReadonlySet<string>): void {
    if (refs.size <= this.#held.size) for (const ref of refs) this.delete(ref);
    else for (const ref of [...this.#held.keys()]) if (refs.has(ref)) this.delete(ref);
  }

  #keep(ref: string, entity: Entity): void {
    this.#young.set(ref, entity);
    if (this.#young.size < GENERATION) return;
    this.#old = this.#young;
    this.#young = new Map();
  }
}
