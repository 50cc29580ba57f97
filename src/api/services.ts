/**
 * Identifies a service and carries its type. Services are looked up by `id`, so plugins that are
 * bundled with their own copy of this module get the same service.
 */
export interface ServiceRef<T> {
  readonly $$type: 'service';
  /** Unique id, with dots, starting with the owner: `core.catalog`, `todo.items`. */
  readonly id: string;
  /** Carries the type only; never set. */
  readonly T?: T;
}

/** Creates the ref of a service. */
export function createServiceRef<T>(options: { id: string }): ServiceRef<T> {
  return Object.freeze({ $$type: 'service', id: options.id });
}
