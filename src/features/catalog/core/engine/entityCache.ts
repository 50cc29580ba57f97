import type { Entity } from '../../../../model';

/** As many entities are kept, twice over, however many are asked for one after the other. */
const GENERATION = 256;

/**
 * Entities that were put together. One that somebody holds, or that was asked for lately, is given
 * again as the same object; all others are let go.
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
