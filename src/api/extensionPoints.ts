/**
 * Names a place where plugins contribute to another plugin, and carries the type of what they get
 * there. The methods of an extension point return Disposables: a contribution can come at any time
 * and can be taken back.
 */
export interface ExtensionPoint<T> {
  readonly $$type: 'extension-point';
  /** Unique, dotted, the owner first: `catalog.processors`. */
  readonly id: string;
  /** Carries the type only; never set. */
  readonly T?: T;
}

export function createExtensionPoint<T>(options: { id: string }): ExtensionPoint<T> {
  return { $$type: 'extension-point', id: options.id };
}
