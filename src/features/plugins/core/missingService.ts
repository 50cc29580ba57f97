/**
 * Returns a service whose methods reject, for hosts that don't have it.
 *
 * @param host - the host as the subject of a sentence, such as `Test portals`
 * @param available - members that work
 */
export function missingService<T extends object>(
  name: string,
  host: string,
  available: Partial<T> = {},
): T {
  return new Proxy(available, {
    get(members, key) {
      if (Object.hasOwn(members, key)) return Reflect.get(members, key) as unknown;
      if (typeof key === 'symbol' || key === 'then') return undefined;
      if (key.startsWith('onDid')) return () => ({ dispose() {} });
      return () => Promise.reject(new Error(`${host} don't have the service "${name}" (${key})`));
    },
  }) as T;
}
