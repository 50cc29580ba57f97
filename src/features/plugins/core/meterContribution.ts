import { isPromise } from './pluginShapes';

/** Receives the calls of a contribution. */
export interface ContributionMeter {
  /** Called when the synchronous part of a call has ended. */
  onCall(method: string, milliseconds: number): void;
  /** Called for a promise that a method returned. Call the result when it is settled. */
  onPending(): () => void;
  onError(method: string, error: unknown): void;
  /** Replaces the arguments of a call; default: none are replaced. */
  argumentsOf?(method: string, args: readonly unknown[]): readonly unknown[];
}

/**
 * Wraps an object of a plugin, such as a card. It looks like the object; the calls of its methods
 * are measured, and their errors are reported and passed on.
 */
export function meterContribution<T extends object>(contribution: T, meter: ContributionMeter): T {
  const methods = new Map<PropertyKey, { readonly of: unknown; readonly metered: unknown }>();
  // The target is a new object, because a proxy can't replace the methods of a frozen one.
  return new Proxy<object>(
    {},
    {
      get(_, key) {
        // On the object, because the proxy lacks its #private fields.
        const value: unknown = Reflect.get(contribution, key);
        if (typeof value !== 'function' || typeof key === 'symbol') return value;
        const known = methods.get(key);
        if (known?.of === value) return known.metered;
        const metered = meteredMethod(contribution, key, value as Method, meter);
        methods.set(key, { of: value, metered });
        return metered;
      },
      has: (_, key) => Reflect.has(contribution, key),
      set: (_, key, value) => Reflect.set(contribution, key, value),
      ownKeys: () => Reflect.ownKeys(contribution),
      getPrototypeOf: () => Reflect.getPrototypeOf(contribution),
      getOwnPropertyDescriptor(_, key) {
        const descriptor = Reflect.getOwnPropertyDescriptor(contribution, key);
        // The target lacks the property, so it must be configurable.
        return descriptor && { ...descriptor, configurable: true };
      },
    },
  ) as T;
}

type Method = (...args: unknown[]) => unknown;

function meteredMethod(
  contribution: object,
  name: string,
  method: Method,
  meter: ContributionMeter,
): Method {
  return (...args) => {
    const passed = meter.argumentsOf?.(name, args) ?? args;
    const start = performance.now();
    let result: unknown;
    try {
      result = Reflect.apply(method, contribution, passed);
    } catch (error) {
      meter.onError(name, error);
      throw error;
    } finally {
      meter.onCall(name, performance.now() - start);
    }
    if (isPromise(result)) {
      const settled = meter.onPending();
      result.then(settled, (error: unknown) => {
        settled();
        meter.onError(name, error);
      });
    }
    return result;
  };
}
