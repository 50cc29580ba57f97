import { Flag, hashOfRef } from './documents';
import type { IndexState } from './storage/state';

/** What the entities are called that own things, or that things are part of; looked for when the first is asked for. */
export class EntityTitles {
  #state: IndexState;
  #titles: ReadonlyMap<string, string> | undefined;

  constructor(state: IndexState) {
    this.#state = state;
  }

  titleOf(ref: string): string | undefined {
    return (this.#titles ??= this.#read()).get(ref);
  }

  #read(): ReadonlyMap<string, string> {
    const { facetValues, documents } = this.#state;
    const wanted = new Map<number, string[]>();
    for (const { field, value, count } of facetValues.values) {
      if (count === 0 || (field !== 'owner' && field !== 'system')) continue;
      const hash = hashOfRef(value);
      const refs = wanted.get(hash);
      if (refs) refs.push(value);
      else wanted.set(hash, [value]);
    }
    const titles = new Map<string, string>();
    for (let document = 0; document < documents.size; document++) {
      if (!documents.has(document, Flag.entity) || documents.isGone(document)) continue;
      if (!wanted.has(documents.ref(document))) continue;
      const { ref, title } = documents.read(document);
      if (ref !== undefined) titles.set(ref, title);
    }
    return titles;
  }
}
