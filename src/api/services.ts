/**
 * Names a service and carries its type. Services are looked up by `id`, so a plugin that was
 * bundled elsewhere, with a copy of this module of its own, still gets the same service.
 */
export interface ServiceRef<T> {
  readonly $$type: 'service';
  /** Unique, dotted, the owner first: `core.catalog`, `todo.items`. */
  readonly id: string;
  /** Carries the type only; never set. */
  readonly T?: T;
}

export function createServiceRef<T>(options: { id: string }): ServiceRef<T> {
  return { $$type: 'service', id: options.id };
}
