import { parseEntityRef, type Problem, readEntityRef } from '../../../../model';
import { refAnnotations } from '../../../../model/annotations';
import { didYouMean } from '../../../../platform/core';
import { isSimilarRef, type NearestRefs } from '../graph/nearestRefs';
import type { AnnotationReference, FileRecord, MisplacedReference } from '../records';
import { createProblem } from './problemSeverities';

const MAX_SUGGESTIONS = 3;

/** Creates the problem of a ref to an unexpected kind. */
export function wrongKindProblem(
  file: string,
  reference: MisplacedReference,
  nearest: NearestRefs,
): Problem {
  const { field, targetRef, expectedKinds, range, document, entityRef } = reference;
  const suggestions = suggestionsFor(reference, nearest);
  const expected = expectedKinds.join(', ').replace(/, (\w+)$/, ' or $1');
  return createProblem(
    'wrong-kind-reference',
    `${field} refers to ${targetRef}, which is not of kind ${expected}${didYouMean(suggestions)}`,
    { file, document, range, entityRef, ...(suggestions.length && { suggestions }) },
  );
}

/** Returns refs of expected kinds with the same or a similar name. */
function suggestionsFor(
  { targetRef, expectedKinds, defaultKind, entityRef }: MisplacedReference,
  nearest: NearestRefs,
): readonly string[] {
  const target = parseEntityRef(targetRef);
  const context = { defaultKind, defaultNamespace: parseEntityRef(entityRef).namespace };
  const found = expectedKinds.flatMap(kind =>
    nearest.find({ ...target, kind }, context).filter(text => {
      const read = readEntityRef(text, context);
      return read.ok && read.value.kind.toLowerCase() === kind.toLowerCase();
    }),
  );
  return [...new Set(found)].slice(0, MAX_SUGGESTIONS);
}

/** Returns refs similar to one in an annotation, of the kinds that the annotation expects. */
export function refsOfAnnotation(
  { key, targetRef }: AnnotationReference,
  nearest: NearestRefs,
): readonly string[] {
  const kinds = refAnnotations.find(known => known.key === key)?.kinds;
  // Annotations have no default kind, and don't use the entity's namespace.
  const context = { defaultNamespace: 'default' };
  return nearest.find(parseEntityRef(targetRef), context).filter(text => {
    const read = readEntityRef(text);
    return !kinds || (read.ok && kinds.some(kind => kind.toLowerCase() === read.value.kind));
  });
}

/** Changes that affect dangling refs. */
interface ChangedRefs {
  /** Refs that came into or went out of existence. */
  readonly existence: ReadonlySet<string>;
  /** Refs of descriptors that failed, before or now. */
  readonly failed: ReadonlySet<string>;
}

/** Maximum number of changed refs that are compared with each reference. */
const FEW = 16;

/** Files with refs outside the graph: those in annotations, and those to unexpected kinds. */
export class UnrelatedReferences {
  #files = new Map<string, FileRecord>();

  update(uri: string, record: FileRecord | undefined): void {
    if (record?.misplaced.length || record?.annotationRefs.length) this.#files.set(uri, record);
    else this.#files.delete(uri);
  }

  /** Yields files whose problems with such refs may have changed. */
  *affectedFiles(
    { existence, failed }: ChangedRefs,
    exists: (ref: string) => boolean,
  ): Generator<string, void> {
    if (!existence.size && !failed.size) return;
    const others = existence.size > FEW ? undefined : [...existence];
    const mayMean = (ref: string): boolean =>
      !others || others.some(other => isSimilarRef(ref, other));
    for (const [uri, { misplaced, annotationRefs }] of this.#files) {
      const isAffected =
        misplaced.some(({ targetRef, expectedKinds }) => {
          const rest = targetRef.slice(targetRef.indexOf(':'));
          return expectedKinds.some(kind => mayMean(kind.toLowerCase() + rest));
        }) ||
        annotationRefs.some(
          ({ targetRef: ref }) =>
            existence.has(ref) || (!exists(ref) && (failed.has(ref) || mayMean(ref))),
        );
      if (isAffected) yield uri;
    }
  }
}
