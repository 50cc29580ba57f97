import { type Disposable, type DisposableStore, toDisposable } from '../../../base';

/**
 * Wraps an extension point for one plugin. Disposables that its methods return are also added to the plugin's store,
 * so that a plugin that fails or forgets to dispose leaves nothing behind.
 *
 * @param wrapOf - returns what the extension point gets instead of an object that the plugin passes
 */
export function trackContributions(
  implementation: object,
  contributions: DisposableStore,
  wrapOf: (contribution: object) => { readonly wrapped: object; onDispose(): void },
): object {
  // The proxy's target is a new object, because a proxy can't replace the methods of a frozen one.
  const facade: object = Object.create(null) as object;
  return new Proxy(facade, {
    get(_, property) {
      const value: unknown = Reflect.get(implementation, property);
      if (typeof value !== 'function') return value;
      // Called on the implementation, because the proxy lacks its #private fields.
      return (...args: unknown[]): unknown => {
        const wraps: { onDispose(): void }[] = [];
        const passed = args.map(arg => {
          if (typeof arg !== 'object' || arg === null) return arg;
          const wrap = wrapOf(arg);
          wraps.push(wrap);
          return wrap.wrapped;
        });
        const forget = (): void => {
          for (const wrap of wraps) wrap.onDispose();
        };
        let result: unknown;
        try {
          result = Reflect.apply(value, implementation, passed);
        } catch (error) {
          forget();
          throw error;
        }
        if (!isDisposable(result)) return result;
        const contribution = toDisposable(() => {
          forget();
          result.dispose();
        });
        contributions.add(contribution);
        return toDisposable(() => contributions.delete(contribution));
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
