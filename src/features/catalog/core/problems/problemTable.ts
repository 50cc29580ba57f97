import { getOrInsert } from '../../../../base';
import type { Problem } from '../../../../model';

const NONE: readonly never[] = [];

/** Problems of files, and the files with problems of an entity. */
export class ProblemTable {
  #problems = new Map<string, readonly Problem[]>();
  /** URIs of files by ref. */
  #filesOf = new Map<string, Set<string>>();

  get(file: string): readonly Problem[] {
    return this.#problems.get(file) ?? [];
  }

  /** Returns the URIs of files with problems of an entity. */
  filesOf(ref: string): Iterable<string> {
    return this.#filesOf.get(ref) ?? NONE;
  }

  /** Returns the problems by file URI. */
  entries(): Iterable<[string, readonly Problem[]]> {
    return this.#problems;
  }

  set(file: string, problems: readonly Problem[]): void {
    for (const { entityRef } of this.get(file)) {
      const files = entityRef === undefined ? undefined : this.#filesOf.get(entityRef);
      if (entityRef !== undefined && files?.delete(file) && !files.size) {
        this.#filesOf.delete(entityRef);
      }
    }
    if (problems.length) this.#problems.set(file, problems);
    else this.#problems.delete(file);
    for (const { entityRef } of problems) {
      if (entityRef === undefined) continue;
      getOrInsert(this.#filesOf, entityRef, () => new Set()).add(file);
    }
  }
}
