/**
 * Identifies an extension point and carries the type of its API. Methods of extension points return
 * a Disposable: contributions can be added and removed at any time.
 */
export interface ExtensionPoint<T> {
  readonly $$type: 'extension-point';
  /** Unique id, with dots, starting with the owner: `catalog.processors`. */
  readonly id: string;
  /** Carries the type only; never set. */
  readonly T?: T;
}

/** Creates the ref of an extension point. */
export function createExtensionPoint<T>(options: { id: string }): ExtensionPoint<T> {
  return Object.freeze({ $$type: 'extension-point', id: options.id });
}
