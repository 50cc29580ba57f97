import type { CatalogChangeEvent, CatalogService } from '../../api';
import type { Problem } from '../../model';

/**
 * The catalog's problems, kept by file, so that a change costs no more than the files that it
 * touches. Problems of entities that no file holds are kept by entity.
 */
export class ProblemIndex {
  #catalog: CatalogService;
  #byFile = new Map<string, readonly Problem[]>();
  #byEntity = new Map<string, readonly Problem[]>();

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
    for (const problem of catalog.getProblems()) {
      const { file, entityRef } = problem;
      if (file !== undefined) add(this.#byFile, file, problem);
      else if (entityRef !== undefined) add(this.#byEntity, entityRef, problem);
    }
  }

  /**
   * Takes up a change, with a yield after each file.
   *
   * @returns whether there was anything to take up
   */
  *update({ files, entityRefs }: CatalogChangeEvent): Generator<void, boolean> {
    let changed = files.size > 0;
    for (const file of files) {
      put(this.#byFile, file, this.#catalog.getProblems({ file }));
      yield;
    }
    const withoutFile = [...entityRefs].filter(
      ref => this.#byEntity.has(ref) || !this.#catalog.getEntitySource(ref),
    );
    if (!withoutFile.length) return changed;
    // Looked through once for all of them: the first event of a catalog names hundreds of refs that
    // nothing declares, and each question on its own would look at every file.
    const problems = new Map<string, readonly Problem[]>();
    for (const problem of this.#catalog.getProblems()) {
      const { file, entityRef } = problem;
      if (file === undefined && entityRef !== undefined) add(problems, entityRef, problem);
    }
    for (const ref of withoutFile) {
      const current = problems.get(ref) ?? [];
      if (!current.length && !this.#byEntity.has(ref)) continue;
      put(this.#byEntity, ref, current);
      changed = true;
    }
    return changed;
  }

  *all(): Generator<Problem> {
    for (const problems of this.#byFile.values()) yield* problems;
    for (const problems of this.#byEntity.values()) yield* problems;
  }
}

function add(map: Map<string, readonly Problem[]>, key: string, problem: Problem): void {
  map.set(key, [...(map.get(key) ?? []), problem]);
}

function put(
  map: Map<string, readonly Problem[]>,
  key: string,
  problems: readonly Problem[],
): void {
  if (problems.length) map.set(key, problems);
  else map.delete(key);
}
