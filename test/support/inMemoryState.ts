import type { StateService } from '../../src/api';

/**
 * State of a plugin for the duration of a test.
 *
 * @param before - what was kept earlier, which has been written and read as JSON since
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
