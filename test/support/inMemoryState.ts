import type { StateService } from '../../src/api';

/**
 * State of a plugin for the duration of a test.
 *
 * @param before - state of an earlier session, after a round trip through JSON
 */
export function inMemoryState(before: Readonly<Record<string, unknown>> = {}): StateService {
  const values = new Map<string, unknown>(
    Object.entries(JSON.parse(JSON.stringify(before)) as Record<string, unknown>),
  );
  return {
    get: key => values.get(key),
    async set(key, value) {
      values.set(key, value);
    },
  };
}
