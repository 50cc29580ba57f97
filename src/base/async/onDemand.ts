/** Caches a promise that is created on the first call. After a failure, the next call tries again. */
export function onDemand<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    if (loaded) return loaded;
    const loading = load();
    loaded = loading;
    loading.catch(() => {
      loaded = undefined;
    });
    return loading;
  };
}

/** Methods of a service that return promises and can be called before it is loaded. */
export type AsyncMethods<T> = {
  readonly [K in keyof T as T[K] extends (...args: never[]) => Promise<unknown> ? K : never]: T[K];
};

/**
 * Creates a proxy that loads a service on the first call of one of its asynchronous methods.
 *
 * @param load - called for each call; see {@link onDemand}
 * @param own - members that replace those of the service, and don't use `this`: the synchronous and
 * the optional ones
 */
export function lazyService<T extends object, Own extends object = object>(
  load: () => Promise<T>,
  own?: Own,
): Omit<AsyncMethods<T>, keyof Own> & Own {
  const forwarding = new Proxy(own ?? {}, {
    get(members, key) {
      if (Object.hasOwn(members, key)) return Reflect.get(members, key) as unknown;
      // Resolving a promise with the proxy checks for `then`.
      if (typeof key === 'symbol' || key === 'then') return undefined;
      return async (...args: unknown[]): Promise<unknown> => {
        const service = (await load()) as Record<string, (...args: unknown[]) => unknown>;
        return service[key]?.(...args);
      };
    },
  });
  return forwarding as Omit<AsyncMethods<T>, keyof Own> & Own;
}
