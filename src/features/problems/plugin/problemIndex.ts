import type { CatalogChangeEvent, CatalogService, Problem } from '../../../api';

/** The catalog's problems by file, so that a change only costs its files. */
export class ProblemIndex {
  #catalog: CatalogService;
  #byFile: Map<string, readonly Problem[]>;
  /** Problems of entities without a file, and of sources that failed. */
  #withoutFile: readonly Problem[];

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
    const byFile = new Map<string, Problem[]>();
    for (const problem of catalog.getProblems()) {
      if (problem.file === undefined) continue;
      const others = byFile.get(problem.file);
      if (others) others.push(problem);
      else byFile.set(problem.file, [problem]);
    }
    this.#byFile = new Map(byFile);
    this.#withoutFile = catalog.getProblems({ withoutFile: true });
  }

  /**
   * Applies a change, and yields after each file.
   *
   * @returns whether problems changed
   */
  *update({ files }: CatalogChangeEvent): Generator<void, boolean> {
    for (const file of files) {
      const problems = this.#catalog.getProblems({ file });
      if (problems.length) this.#byFile.set(file, problems);
      else this.#byFile.delete(file);
      yield;
    }
    const before = this.#withoutFile;
    const after = this.#catalog.getProblems({ withoutFile: true });
    this.#withoutFile = after;
    const isSame = after.length === before.length && after.every((one, at) => one === before[at]);
    return files.size > 0 || !isSame;
  }

  *all(): Generator<Problem> {
    for (const problems of this.#byFile.values()) yield* problems;
    yield* this.#withoutFile;
  }
}
