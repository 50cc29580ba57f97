/**
 * Replaces `debug` in dependencies that log only if an environment variable is set, and would add the code for terminal
 * colors. The build substitutes it for their import.
 */
interface SilentLog {
  (...values: readonly unknown[]): void;
  readonly namespace: string;
  readonly enabled: boolean;
  extend(name: string): SilentLog;
}

function debug(namespace: string): SilentLog {
  return Object.assign(() => undefined, {
    namespace,
    enabled: false,
    extend: (name: string) => debug(`${namespace}:${name}`),
  });
}

// oxlint-disable-next-line callboard/named-exports -- The name that importers of `debug` know it by.
export default Object.assign(debug, { formatters: {} });
