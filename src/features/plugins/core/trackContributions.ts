import { type Disposable, type DisposableStore, toDisposable } from '../../../base';

/**
 * The extension point as one plugin sees it: what its methods return is also kept in the plugin's
 * store. So a plugin that throws halfway through its `init`, or forgets to hand a Disposable back,
 * leaves nothing behind.
 *
 * @param onContribute - is told of each object that the plugin passes
 */
export function trackContributions(
  implementation: object,
  contributions: DisposableStore,
  onContribute: (contribution: object) => void,
): object {
  // An object of its own as the proxy's target: a proxy must not replace the methods of a frozen one.
  const facade: object = Object.create(null) as object;
  return new Proxy(facade, {
    get(_, property) {
      const value: unknown = Reflect.get(implementation, property);
      if (typeof value !== 'function') return value;
      // Called on the implementation: the proxy has none of its #private fields.
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
