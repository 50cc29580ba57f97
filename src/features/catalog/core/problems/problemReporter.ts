import type { EntitySource } from '../../../../api';
import { groupBy } from '../../../../base';
import {
  isDisabled,
  parseEntityRef,
  type Problem,
  type ReferenceSite,
  type SeveritySettings,
} from '../../../../model';
import { didYouMean, type TimeSlicer } from '../../../../platform/core';
import type { EntityGraph } from '../graph/entityGraph';
import type { NearestRefs } from '../graph/nearestRefs';
import { compoundRefOf } from '../packing/packedEntity';
import type { AnnotationReference, EntityRecord } from '../records';
import type { SourcesContext } from '../sources/catalogSource';
import type { IndexState } from '../workspace/catalogIndex';
import type { IndexedFile } from '../workspace/files/indexedFile';
import type { UnreadTarget } from '../workspace/locations/locationReach';
import { cycleProblems } from './cycleProblems';
import type { KnownProblems } from './knownProblems';
import { atEntity, type CatalogProblemCode, createProblem } from './problemSeverities';
import { refsOfAnnotation, wrongKindProblem } from './unrelatedReferences';

/** A state of the catalog, with settings for problems. */
interface ProblemReporterDeps {
  readonly graph: EntityGraph;
  readonly state: IndexState;
  readonly severities: SeveritySettings;
  readonly displayPath: (uri: string) => string;
  readonly sources: SourcesContext;
  /** Problems of files without descriptors, such as schemas. */
  readonly otherProblems: readonly Problem[];
  readonly nearest: NearestRefs;
  /** Finds the failed descriptor of a ref. */
  readonly failed: (ref: string) => EntitySource | undefined;
  /** Valid cached problems. */
  readonly known: KnownProblems;
}

/**
 * Collects the problems of a file: its own and those that depend on the rest of the catalog,
 * without those that settings and comments disable.
 */
export class ProblemReporter {
  readonly #deps: ProblemReporterDeps;
  readonly #others: ReadonlyMap<string, readonly Problem[]>;
  #unread: ReadonlyMap<string, readonly UnreadTarget[]> | undefined;

  constructor(deps: ProblemReporterDeps) {
    this.#deps = deps;
    this.#others = groupBy(deps.otherProblems, ({ file }) => file);
  }

  /** @param file - the catalog's file with this URI, if any */
  problemsOf(uri: string, file: IndexedFile | undefined): readonly Problem[] {
    const others = this.#others.get(uri);
    const own = file && this.#deps.sources.reportsProblems(uri) ? this.#problemsOfFile(file) : [];
    return others ? [...own, ...others.flatMap(problem => this.withSeverity(problem) ?? [])] : own;
  }

  /** Returns the URIs of all files that may have problems, usually few. */
  async troubledFiles(slices: TimeSlicer): Promise<ReadonlySet<string>> {
    const troubled = new Set([...this.#others.keys(), ...this.#unreadTargets().keys()]);
    for (const { uri, record } of this.#deps.state.files.values()) {
      const isTroubled =
        record.problems.length > 0 ||
        record.misplaced.length > 0 ||
        record.annotationRefs.some(({ targetRef }) => !this.#deps.graph.has(targetRef));
      if (isTroubled) troubled.add(uri);
      if (slices.isOver) await slices.pause();
    }
    for (const record of this.#deps.graph.troubled()) {
      const file = record.source?.file;
      if (file !== undefined) troubled.add(file);
      if (slices.isOver) await slices.pause();
    }
    return troubled;
  }

  #problemsOfFile({ uri, record }: IndexedFile): readonly Problem[] {
    const problems: Problem[] = [];
    const add = (problem: Problem): void => {
      if (isDisabled(problem, record.disabledLines)) return;
      const shown = this.withSeverity(problem);
      if (shown) problems.push(shown);
    };
    record.problems.forEach(add);
    for (const unread of this.#unreadTargets().get(uri) ?? NONE) add(this.#unreadProblem(unread));
    const misplaced = new Set<string>();
    for (const reference of record.misplaced) {
      misplaced.add(keyOfField(reference.entityRef, reference.field));
      add(
        this.#deps.known.ofReference(reference, () =>
          wrongKindProblem(uri, reference, this.#deps.nearest),
        ),
      );
    }
    for (const entity of record.entities) this.problemsOfEntity(entity, misplaced).forEach(add);
    for (const reference of record.annotationRefs) {
      if (this.#deps.graph.has(reference.targetRef) || !this.#wins(uri, reference)) continue;
      add(this.#deps.known.ofReference(reference, () => this.#danglingAnnotation(uri, reference)));
    }
    return problems.length ? problems.sort(byPlace) : NONE;
  }

  /**
   * Returns the problems of an entity that depend on the rest of the catalog.
   *
   * @param misplaced - keys of fields with a more serious problem than a dangling reference
   */
  problemsOfEntity(
    record: EntityRecord,
    misplaced: ReadonlySet<string> = NOTHING,
  ): readonly Problem[] {
    const { ref } = record;
    const winner = this.#deps.graph.winner(ref);
    const isUntroubled =
      (!winner || winner === record) &&
      !this.#deps.graph.isInCycle(ref) &&
      !this.#deps.graph.hasDanglingReferences(ref);
    if (isUntroubled) return NONE;
    return this.#deps.known.ofEntity(record, () => this.#findProblems(record, winner, misplaced));
  }

  /** Applies the user's severity. Returns undefined if the code is turned off. */
  withSeverity(problem: Problem): Problem | undefined {
    return this.#deps.known.withSeverity(problem, this.#deps.severities);
  }

  #findProblems(
    record: EntityRecord,
    winner: EntityRecord | undefined,
    misplaced: ReadonlySet<string>,
  ): readonly Problem[] {
    if (winner && winner !== record) {
      const isIntended = this.#isShadow(record, winner) || this.#isOfTest(record);
      return isIntended ? NONE : [this.#duplicateProblem(record, winner)];
    }
    const isInCycle = this.#deps.graph.isInCycle(record.ref);
    const cycles = isInCycle ? cycleProblems(record, this.#deps.graph) : NONE;
    if (!this.#deps.graph.hasDanglingReferences(record.ref)) return cycles;
    const dangling = record.references.filter(
      ({ targetRef, field }) =>
        !this.#deps.graph.has(targetRef) && !misplaced.has(keyOfField(record.ref, field)),
    );
    if (!dangling.length) return cycles;
    // Each access parses the record, so this reads it once.
    const place = atEntity(record);
    const { namespace } = compoundRefOf(record);
    return [...cycles, ...dangling.map(site => this.#danglingProblem(place, namespace, site))];
  }

  /** Whether the entity is a source's version of an entity in the workspace. */
  #isShadow(record: EntityRecord, winner: EntityRecord): boolean {
    const [file, ofWinner] = [record.source?.file, winner.source?.file];
    if (file === undefined || ofWinner === undefined) return false;
    return this.#deps.sources.has(file) && !this.#deps.sources.has(ofWinner);
  }

  /** Whether the entity is test data, which may repeat refs of real entities, unless a Location references it. */
  #isOfTest(record: EntityRecord): boolean {
    const file = record.source?.file;
    if (file === undefined || this.#deps.state.reachedBy.has(file)) return false;
    return this.#deps.state.files.get(file)?.order.isTest === true;
  }

  #duplicateProblem(record: EntityRecord, winner: EntityRecord): Problem {
    const place = winner.source;
    const where = place
      ? `${this.#deps.displayPath(place.file)}:${place.nameRange.start.line + 1}`
      : 'an entity provider';
    return createProblem(
      'duplicate-entity',
      `Entity ${record.ref} is defined more than once; the one in ${where} takes precedence`,
      {
        ...atEntity(record),
        ...(place && {
          related: [
            {
              message: 'This definition takes precedence',
              file: place.file,
              range: place.nameRange,
            },
          ],
        }),
      },
    );
  }

  /** Whether the document takes precedence; otherwise, only its duplicate is reported. */
  #wins(uri: string, { entityRef, document }: AnnotationReference): boolean {
    const source = this.#deps.graph.winner(entityRef)?.source;
    return source?.file === uri && source.document === document;
  }

  #danglingProblem(place: Place, defaultNamespace: string, site: ReferenceSite): Problem {
    const { targetRef, field, defaultKind, range } = site;
    return this.#dangling({ ...place, range }, field, targetRef, () =>
      this.#deps.nearest.find(parseEntityRef(targetRef), { defaultKind, defaultNamespace }),
    );
  }

  #danglingAnnotation(file: string, reference: AnnotationReference): Problem {
    const { key, targetRef, range, document, entityRef } = reference;
    return this.#dangling(
      { file, document, range, entityRef },
      `Annotation ${key}`,
      targetRef,
      () => refsOfAnnotation(reference, this.#deps.nearest),
    );
  }

  #dangling(
    place: Place,
    what: string,
    targetRef: string,
    suggest: () => readonly string[],
  ): Problem {
    const failed = this.#deps.failed(targetRef);
    const suggestions = failed ? [] : suggest();
    const isAlone = failed !== undefined || suggestions.length > 0;
    const missing = `${what} refers to ${targetRef}, which is not in the catalog`;
    const why = failed
      ? `: its descriptor in ${this.#deps.displayPath(failed.file)} has errors`
      : didYouMean(suggestions);
    return createProblem('dangling-reference', `${missing}${why}`, {
      ...place,
      ...(!isAlone && FROM_PROVIDERS.test(targetRef) && { cause: { subject: targetRef } }),
      ...(suggestions.length && { suggestions }),
      ...(failed && {
        related: [
          { message: 'The descriptor that has errors', file: failed.file, range: failed.nameRange },
        ],
      }),
    });
  }

  #unreadProblem({ file, target, state }: UnreadTarget): Problem {
    const [code, message] = unreadMessage(target.written, state);
    const { document, range, entityRef } = target;
    return createProblem(code, message, { file, document, range, entityRef });
  }

  #unreadTargets(): ReadonlyMap<string, readonly UnreadTarget[]> {
    return (this.#unread ??= groupBy(
      this.#deps.state.unreadTargets.filter(
        ({ state, target }) => state !== 'missing' || !target.optional,
      ),
      ({ file }) => file,
    ));
  }
}

/** Users and groups usually come from a provider, so all references to a missing one have the same cause. */
const FROM_PROVIDERS = /^(?:user|group):/;

const NONE: readonly never[] = [];
const NOTHING: ReadonlySet<string> = new Set();

function keyOfField(entityRef: string, field: string): string {
  return `${entityRef}\0${field}`;
}

function unreadMessage(
  written: string,
  state: UnreadTarget['state'],
): [CatalogProblemCode, string] {
  switch (state) {
    case 'missing':
      return ['location-target-missing', `NotFoundError: file ${written} does not exist`];
    case 'folder':
      return [
        'location-target-invalid',
        `file ${written} could not be read, Error: EISDIR: illegal operation on a directory, read`,
      ];
    case 'unreadable':
      return [
        'location-not-read',
        `${written} could not be read: its permissions don't allow it; its entities are missing here`,
      ];
    case 'outside':
      return ['location-not-read', `${written} is outside the workspace and was not read`];
    case 'remote':
      return [
        'location-not-read',
        `${written} is on another machine and was not read; its entities are missing here`,
      ];
  }
}

type Place = ReturnType<typeof atEntity>;

function byPlace(a: Problem, b: Problem): number {
  return (
    (a.document ?? -1) - (b.document ?? -1) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character
  );
}
