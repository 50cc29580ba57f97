import { hashText } from '../../../../base';
import { VersionedBlob } from '../../../../platform/core';
import type { BlobStore } from '../../../../platform/core/ports';
import type { DefinitionProblem } from '../outline/outline';

/** The version of the stored format. */
const FORMAT = 1;
/** The maximum number of verdicts; without problems, these are a few megabytes. */
const MOST_VERDICTS = 50_000;
/** The maximum size in code units of JSON. Larger problems are computed again. */
const MAX_SIZE = 16_000_000;

type CachedProblems = readonly DefinitionProblem[];

/**
 * Problems of definitions by the hash of their content, which outlive the process. Keeps the most recently used ones.
 * If several processes save, the last one wins, and the verdicts of the others are computed again.
 */
export class DefinitionProblemCache {
  readonly #blob: VersionedBlob<null, readonly [key: string, verdict: CachedProblems]>;
  #stored: Promise<ReadonlyMap<string, CachedProblems>> | undefined;
  /** Verdicts that were looked up or added. */
  readonly #used = new Map<string, CachedProblems>();
  #hasNew = false;

  /**
   * @param version - of the build and of all other inputs of the verdicts
   */
  constructor(store: BlobStore, version: unknown) {
    this.#blob = new VersionedBlob(store, 'definitions', [FORMAT, version]);
  }

  async get(key: string): Promise<CachedProblems | undefined> {
    const known = this.#used.get(key) ?? (await (this.#stored ??= this.#read())).get(key);
    if (known) this.#used.set(key, known);
    return known;
  }

  set(key: string, verdict: CachedProblems): void {
    this.#used.set(key, verdict);
    this.#hasNew = true;
  }

  /** Saves new verdicts. @throws if they can't be written */
  async save(): Promise<void> {
    if (!this.#hasNew) return;
    this.#hasNew = false;
    await this.#blob.write(null, this.#items(await (this.#stored ??= this.#read())));
  }

  *#items(
    stored: ReadonlyMap<string, CachedProblems>,
  ): Generator<readonly [string, CachedProblems]> {
    let [count, size] = [0, 0];
    for (const verdicts of [this.#used, stored]) {
      for (const [key, verdict] of verdicts) {
        if (verdicts === stored && this.#used.has(key)) continue;
        size += verdict.length ? JSON.stringify(verdict).length : 0;
        if (++count > MOST_VERDICTS || size > MAX_SIZE) return;
        yield [key, verdict];
      }
    }
  }

  async #read(): Promise<ReadonlyMap<string, CachedProblems>> {
    const verdicts = new Map<string, CachedProblems>();
    const content = await this.#blob.read();
    if (!content) return verdicts;
    for await (const items of content.items()) {
      for (const [key, verdict] of items) verdicts.set(key, verdict);
    }
    return verdicts;
  }
}

/** Returns the cache key of a definition. @param definition - may be shortened, as in entities */
export function definitionKey(definition: string, type: string): string {
  return hashText(JSON.stringify([type, definition.length, definition]));
}
