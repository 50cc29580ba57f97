import type { IndexedSource } from '../types';

/** What is handed over at once takes a moment only, however much a source has. */
const MAX_SOURCES = 200;
/** UTF-16 code units of texts. */
const MAX_LENGTH = 64 * 1024;
/** In milliseconds: what can be found is to be found soon, also where sources take long. */
const MAX_AGE = 250;

/** Sources on their way into an index. */
export class SourceBatch {
  readonly sources: IndexedSource[] = [];
  #length = 0;
  #began = performance.now();

  get isFull(): boolean {
    return (
      this.sources.length >= MAX_SOURCES ||
      this.#length >= MAX_LENGTH ||
      performance.now() - this.#began >= MAX_AGE
    );
  }

  add(source: IndexedSource): void {
    this.sources.push(source);
    for (const { title, text = '' } of source.documents) this.#length += title.length + text.length;
  }
}
