import type { FileProblems, Problem } from '../../../../model';

interface Told {
  readonly revision: number;
  readonly problems: readonly Problem[];
}

/**
 * Tells somebody who holds a copy of the catalog what is wrong with the files that are open there. Of
 * many problems, an edit leaves most what they were: those are told by their places.
 */
export class ProblemFeed {
  #problemsOf: (file: string) => readonly Problem[];
  #told = new Map<string, Told>();
  #revision = 0;

  constructor(problemsOf: (file: string) => readonly Problem[]) {
    this.#problemsOf = problemsOf;
  }

  /** To one who may know nothing of the file. */
  all(file: string): FileProblems {
    const { revision, problems } = this.#tell(file);
    return { file, revision, problems };
  }

  /** To one who knows what was told last. */
  changes(file: string): FileProblems {
    const before = this.#told.get(file);
    const { revision, problems } = this.#tell(file);
    if (!before) return { file, revision, problems };
    const places = placesIn(before.problems, problems);
    return {
      file,
      revision,
      problems: problems.map((problem, index) => places[index] ?? problem),
      base: before.revision,
    };
  }

  /** The file is closed. */
  forget(file: string): void {
    this.#told.delete(file);
  }

  #tell(file: string): Told {
    const told = { revision: ++this.#revision, problems: this.#problemsOf(file) };
    this.#told.set(file, told);
    return told;
  }
}

/** Of each problem, where it was before, if it was there. */
function placesIn(
  before: readonly Problem[],
  problems: readonly Problem[],
): readonly (number | undefined)[] {
  const more = problems.length - before.length;
  return problems.map((problem, index) =>
    // Before and behind those that an edit changed.
    [index, index - more].find(place => before[place] === problem),
  );
}
