import { getOrInsert, ownValue } from '../../../../base';
import type { Problem, SeveritySettings } from '../../../../model';
import type { EntityRecord, UnrelatedReference } from '../records';

/**
 * Cache of problems by entity and reference, so that only changed or affected entities of a file
 * are checked again.
 *
 * Callers must invalidate what a change affects; a file that is read again has new records.
 * Unchanged problems are the same objects.
 */
export class KnownProblems {
  #ofEntities = new WeakMap<EntityRecord, readonly Problem[]>();
  #ofReferences = new WeakMap<UnrelatedReference, Problem>();
  #severities: SeveritySettings | undefined;
  #shown = new WeakMap<Problem, Problem>();

  ofEntity(record: EntityRecord, find: () => readonly Problem[]): readonly Problem[] {
    return getOrInsert(this.#ofEntities, record, find);
  }

  ofReference(reference: UnrelatedReference, find: () => Problem): Problem {
    return getOrInsert(this.#ofReferences, reference, find);
  }

  /** Applies the user's severity. Returns undefined if the code is turned off. */
  withSeverity(problem: Problem, severities: SeveritySettings): Problem | undefined {
    const { code } = problem;
    const severity = ownValue(severities, code);
    if (severity === 'off') return undefined;
    if (severity === undefined || severity === problem.severity) return problem;
    if (this.#severities !== severities) {
      this.#severities = severities;
      this.#shown = new WeakMap();
    }
    return getOrInsert(this.#shown, problem, () => ({ ...problem, severity }));
  }

  forgetEntity(record: EntityRecord): void {
    this.#ofEntities.delete(record);
  }

  forgetReferences(references: readonly UnrelatedReference[]): void {
    for (const reference of references) this.#ofReferences.delete(reference);
  }

  forgetAll(): void {
    this.#ofEntities = new WeakMap();
    this.#ofReferences = new WeakMap();
  }
}
