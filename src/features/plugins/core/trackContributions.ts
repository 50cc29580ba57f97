import { type Disposable, type DisposableStore, toDisposable } from '../../../base';

/**
 * Wraps an extension point for one plugin. Disposables that its methods return are also added to the plugin's store,
 * so that a plugin that fails or forgets to dispose leaves nothing behind.
 *
 * @param onContribute - called with each object that the plugin passes
 */
export function trackContributions(
  implementation: object,
  contributions: DisposableStore,
  onContribute: (contribution: object) => void,
): object {
  // The proxy's target is a new object, because a proxy can't replace the methods of a frozen one.
  const facade: object = Object.create(null) as object;
  return new Proxy(facade, {
    get(_, property) {
      const value: unknown = Reflect.get(implementation, property);
      if (typeof value !== 'function') return value;
      // Called on the implementation, because the proxy lacks its #private fields.
      return (...args: unknown[]): unknown => {
        for (const arg of args) if (typeof arg === 'object' && arg !== null) onContribute(arg);
        const result: unknown = Reflect.apply(value, implementation, args);
        if (!isDisposable(result)) return result;
        contributions.add(result);
        return toDisposable(() => contributions.delete(result));
      };
    },
  });
}

export function isDisposable(value: unknown): value is Disposable {
  return (
    typeof value === 'object' &&
    value !== null &&
    'dispose' in value &&
    typeof value.dispose === 'function'
  );
}
