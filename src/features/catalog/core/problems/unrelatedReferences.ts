import { parseEntityRef, type Problem, readEntityRef } from '../../../../model';
import { refAnnotations } from '../../../../model/annotations';
import { didYouMean } from '../../../../platform/core';
import { mayBeMeant, type NearestRefs } from '../graph/nearestRefs';
import type { AnnotationReference, FileRecord, MisplacedReference } from '../records';
import { createProblem } from './problemSeverities';

const MAX_SUGGESTIONS = 3;

/** Problem of a ref to a kind that its field is not meant for. */
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
    `${field} refers to ${targetRef}, which is no ${expected}${didYouMean(suggestions)}`,
    { file, document, range, entityRef, ...(suggestions.length && { suggestions }) },
  );
}

/** Refs to kinds that the field is meant for, under the same name or a near one. */
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

/** Refs that a ref in an annotation may have been meant to be, of the kinds that make sense there. */
export function meantInAnnotation(
  { key, targetRef }: AnnotationReference,
  nearest: NearestRefs,
): readonly string[] {
  const kinds = refAnnotations.find(known => known.key === key)?.kinds;
  // Annotations take no kind for granted, and no namespace of their entity.
  const context = { defaultNamespace: 'default' };
  return nearest.find(parseEntityRef(targetRef), context).filter(text => {
    const read = readEntityRef(text);
    return !kinds || (read.ok && kinds.some(kind => kind.toLowerCase() === read.value.kind));
  });
}

/** Changes in a catalog that matter to refs that lead nowhere. */
interface ChangedRefs {
  /** Refs that had no entity and have one now, or the other way round. */
  readonly existence: ReadonlySet<string>;
  /** Refs that descriptors would have which failed, before or now. */
  readonly failed: ReadonlySet<string>;
}

/** Up to so many changed refs are compared with each reference. */
const FEW = 16;

/** Files with refs that the graph knows nothing of: those in annotations, and those to kinds that make no sense. */
export class UnrelatedReferences {
  #files = new Map<string, FileRecord>();

  update(uri: string, record: FileRecord | undefined): void {
    if (record?.misplaced.length || record?.annotationRefs.length) this.#files.set(uri, record);
    else this.#files.delete(uri);
  }

  /** Files whose problems with such refs may differ after some changes. */
  *affectedFiles(
    { existence, failed }: ChangedRefs,
    exists: (ref: string) => boolean,
  ): Generator<string, void> {
    if (!existence.size && !failed.size) return;
    const others = existence.size > FEW ? undefined : [...existence];
    const mayMean = (ref: string): boolean =>
      !others || others.some(other => mayBeMeant(ref, other));
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
