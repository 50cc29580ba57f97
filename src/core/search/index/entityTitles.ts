import { Flag, hashOfRef } from './documents';
import type { IndexState } from './state';

/** What the entities are called that own things, or that things are part of. */
export class EntityTitles {
  #state: IndexState;
  #titles = new Map<string, string>();

  constructor(state: IndexState) {
    this.#state = state;
    const { facetValues, documents } = state;
    const wanted = new Map<number, string[]>();
    for (const { field, value, count } of facetValues.values) {
      if (count === 0 || (field !== 'owner' && field !== 'system')) continue;
      const hash = hashOfRef(value);
      const refs = wanted.get(hash);
      if (refs) refs.push(value);
      else wanted.set(hash, [value]);
    }
    for (let document = 0; document < documents.size; document++) {
      if (!documents.has(document, Flag.entity) || documents.isGone(document)) continue;
      if (wanted.has(documents.ref(document))) this.#add(document);
    }
  }

  titleOf(ref: string): string | undefined {
    return this.#titles.get(ref);
  }

  #add(document: number): void {
    const { ref, title } = this.#state.documents.read(document);
    if (ref !== undefined) this.#titles.set(ref, title);
  }
}
