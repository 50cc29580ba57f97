/**
 * Stands in for `debug` in dependencies that log by it: they do only where a variable of the
 * environment asks for it, and carry the code of terminals and their colours for that. The build puts
 * it where they import theirs.
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

// eslint-disable-next-line no-restricted-syntax -- The name that importers of `debug` know it by.
export default Object.assign(debug, { formatters: {} });
