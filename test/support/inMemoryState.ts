import type { StateService } from '../../src/api';

/** What a plugin keeps, as long as the test lasts. */
export function inMemoryState(): StateService {
  const values = new Map<string, unknown>();
  return {
    get: key => values.get(key),
    async set(key, value) {
      values.set(key, value);
    },
  };
}
