import type { FileRecord } from '../records';

/** Which files speak of an entity in problems of their own, be it none of the catalog. */
export class RefsInProblems {
  /** By ref, URIs of files. */
  #files = new Map<string, Set<string>>();

  filesOf(ref: string): Iterable<string> {
    return this.#files.get(ref) ?? [];
  }

  /** Puts what a file says now in the place of what it said before. */
  update(uri: string, before: FileRecord | undefined, after: FileRecord | undefined): void {
    for (const { entityRef } of before?.problems ?? []) {
      const files = entityRef === undefined ? undefined : this.#files.get(entityRef);
      if (entityRef !== undefined && files?.delete(uri) && !files.size) {
        this.#files.delete(entityRef);
      }
    }
    for (const { entityRef } of after?.problems ?? []) {
      if (entityRef === undefined) continue;
      const files = this.#files.get(entityRef);
      if (files) files.add(uri);
      else this.#files.set(entityRef, new Set([uri]));
    }
  }
}
