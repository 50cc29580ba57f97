import type { YamlPart } from './yamlPart';

/**
 * What was found out of a document by its text alone. It stays true wherever the document stands and
 * whatever is edited beside it, so that an edit of a file of many documents costs what it changed.
 */
export class PartCache<T> {
  #known = new WeakMap<YamlPart, { readonly key: unknown; readonly value: T }>();

  /**
   * @param key - what else the value depends on: with another one it is found out anew
   * @param find - must not look at where the document stands
   */
  get(part: YamlPart, key: unknown, find: () => T): T {
    const known = this.#known.get(part);
    if (known && known.key === key) return known.value;
    const value = find();
    this.#known.set(part, { key, value });
    return value;
  }
}
