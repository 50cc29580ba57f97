import { hashText } from '../../../../base';
import { VersionedBlob } from '../../../../platform/core';
import type { BlobStore } from '../../../../platform/core/ports';
import type { DefinitionProblem } from '../outline/outline';

/** The version of the stored format. */
const FORMAT = 1;
/** The maximum number of definitions; without problems, these are a few megabytes. */
const MOST_DEFINITIONS = 50_000;
/** The maximum size in code units of JSON. Larger problems are computed again. */
const MAX_SIZE = 16_000_000;

type CachedProblems = readonly DefinitionProblem[];

/**
 * Problems of definitions by the hash of their content, which outlive the process. Keeps the most recently used ones.
 * If several processes save, the last one wins, and the others check their definitions again.
 */
export class DefinitionProblemCache {
  readonly #blob: VersionedBlob<null, readonly [key: string, problems: CachedProblems]>;
  #stored: Promise<ReadonlyMap<string, CachedProblems>> | undefined;
  /** Problems that were looked up or added, by key. */
  readonly #used = new Map<string, CachedProblems>();
  #hasNew = false;

  /**
   * @param version - of the build and of all other inputs of the problems
   */
  constructor(store: BlobStore, version: unknown) {
    this.#blob = new VersionedBlob(store, 'definitions', [FORMAT, version]);
  }

  async get(key: string): Promise<CachedProblems | undefined> {
    const known = this.#used.get(key) ?? (await (this.#stored ??= this.#read())).get(key);
    if (known) this.#used.set(key, known);
    return known;
  }

  set(key: string, problems: CachedProblems): void {
    this.#used.set(key, problems);
    this.#hasNew = true;
  }

  /** Saves new problems. @throws if they can't be written */
  async save(): Promise<void> {
    if (!this.#hasNew) return;
    this.#hasNew = false;
    await this.#blob.write(null, this.#items(await (this.#stored ??= this.#read())));
  }

  *#items(
    stored: ReadonlyMap<string, CachedProblems>,
  ): Generator<readonly [string, CachedProblems]> {
    let [count, size] = [0, 0];
    for (const cached of [this.#used, stored]) {
      for (const [key, problems] of cached) {
        if (cached === stored && this.#used.has(key)) continue;
        size += problems.length ? JSON.stringify(problems).length : 0;
        if (++count > MOST_DEFINITIONS || size > MAX_SIZE) return;
        yield [key, problems];
      }
    }
  }

  async #read(): Promise<ReadonlyMap<string, CachedProblems>> {
    const stored = new Map<string, CachedProblems>();
    const content = await this.#blob.read();
    if (!content) return stored;
    for await (const items of content.items()) {
      for (const [key, problems] of items) stored.set(key, problems);
    }
    return stored;
  }
}

/** Returns the cache key of a definition. @param definition - may be shortened, as in entities */
export function definitionKey(definition: string, type: string): string {
  return hashText(JSON.stringify([type, definition.length, definition]));
}
