import type { Problem, SeveritySettings } from '../../../../model';
import { moved, originOfReference } from '../packing/movedItems';
import { moveBetween, originOf } from '../packing/packedEntity';
import type { EntityRecord, UnrelatedReference } from '../records';

interface OfEntity {
  readonly record: EntityRecord;
  readonly problems: readonly Problem[];
}

interface OfReference {
  readonly reference: UnrelatedReference;
  readonly problem: Problem;
}

/**
 * What was said of entities when they were looked at last, so that of a file of many only those are
 * looked at again that changed, or of which the rest of the catalog has something else to say now.
 *
 * Who says what has changed in the catalog has to forget whatever that decides about; a record that
 * was read again is another one, and nothing is known of it. As long as nothing changes, the problems
 * are the same objects.
 */
export class KnownProblems {
  /** By what a record was read as: what an edit above it moves is told at its new place. */
  #ofEntities = new WeakMap<EntityRecord, OfEntity>();
  #ofReferences = new WeakMap<UnrelatedReference, OfReference>();
  #severities: SeveritySettings | undefined;
  #shown = new WeakMap<Problem, Problem>();

  /** @param isAlone - whether no other document claims the ref of the entity */
  ofEntity(
    record: EntityRecord,
    isAlone: boolean,
    find: () => readonly Problem[],
  ): readonly Problem[] {
    const key = isAlone ? originOf(record) : record;
    const known = this.#ofEntities.get(key);
    if (known?.record === record) return known.problems;
    const move = known && moveBetween(known.record, record);
    const problems = move ? known.problems.map(problem => moved(problem, move)) : find();
    this.#ofEntities.set(key, { record, problems });
    return problems;
  }

  ofReference(reference: UnrelatedReference, find: () => Problem): Problem {
    const key = originOfReference(reference);
    const known = this.#ofReferences.get(key);
    if (known?.reference === reference) return known.problem;
    const { document, range } = reference;
    const lines = range.start.line - (known?.reference.range.start.line ?? 0);
    const problem = known ? moved(known.problem, { document, lines }) : find();
    this.#ofReferences.set(key, { reference, problem });
    return problem;
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
    let shown = this.#shown.get(problem);
    if (!shown) this.#shown.set(problem, (shown = { ...problem, severity }));
    return shown;
  }

  forgetEntity(record: EntityRecord): void {
    this.#ofEntities.delete(record);
    this.#ofEntities.delete(originOf(record));
  }

  forgetReferences(references: readonly UnrelatedReference[]): void {
    for (const reference of references) this.#ofReferences.delete(originOfReference(reference));
  }

  forgetAll(): void {
    this.#ofEntities = new WeakMap();
    this.#ofReferences = new WeakMap();
  }
}
