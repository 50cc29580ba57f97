import { getOrInsert } from '../../../../base';
import type { Problem, SeveritySettings } from '../../../../model';
import type { EntityRecord, UnrelatedReference } from '../records';

/**
 * What was said of entities when they were looked at last, so that of a file of many only those are
 * looked at again that changed, or of which the rest of the catalog has something else to say now.
 *
 * Who says what has changed in the catalog has to forget whatever that decides about; a record that
 * was read again is another one, and nothing is known of it. As long as nothing changes, the problems
 * are the same objects.
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

  /** Nothing where the user switched the code off. */
  withSeverity(problem: Problem, severities: SeveritySettings): Problem | undefined {
    const { code } = problem;
    const severity = Object.hasOwn(severities, code) ? severities[code] : undefined;
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
