import { parseEntityRef, readEntityRef } from '../../../../model';
import { refAnnotations } from '../../../../model/annotations';
import { mayBeMeant, type NearestRefs } from '../graph/nearestRefs';
import type { AnnotationReference, FileRecord } from '../records';

/** What may have been meant by a ref in an annotation, of the kinds that make sense there. */
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

/** What changed in a catalog, as far as it matters to refs that lead nowhere. */
export interface ChangedRefs {
  /** Refs that had no entity and have one now, or the other way round. */
  readonly existence: ReadonlySet<string>;
  /** Refs that descriptors would have which failed, before or now. */
  readonly failed: ReadonlySet<string>;
}

/** So many are looked at one by one in no time. */
const FEW = 16;

/** Which files refer to an entity in annotations, which the graph knows nothing of. */
export class AnnotationReferences {
  /** By full ref, for each file how many of its annotations refer to it. */
  #files = new Map<string, Map<string, number>>();

  /** Puts what a file says now in the place of what it said before. */
  update(uri: string, before: FileRecord | undefined, after: FileRecord | undefined): void {
    for (const { targetRef } of before?.annotationRefs ?? []) this.#count(targetRef, uri, -1);
    for (const { targetRef } of after?.annotationRefs ?? []) this.#count(targetRef, uri, 1);
  }

  /** Files of which something else is to be said after some changes; some twice. */
  *filesToldOtherwise(
    { existence, failed }: ChangedRefs,
    exists: (ref: string) => boolean,
  ): Generator<string, void> {
    if (!existence.size && !failed.size) return;
    const others = existence.size > FEW ? undefined : [...existence];
    for (const [ref, files] of this.#files) {
      const isTold =
        existence.has(ref) ||
        (!exists(ref) &&
          (failed.has(ref) || !others || others.some(other => mayBeMeant(ref, other))));
      if (isTold) yield* files.keys();
    }
  }

  #count(ref: string, uri: string, by: 1 | -1): void {
    const files = this.#files.get(ref) ?? new Map<string, number>();
    const count = (files.get(uri) ?? 0) + by;
    if (count > 0) files.set(uri, count);
    else files.delete(uri);
    if (files.size) this.#files.set(ref, files);
    else this.#files.delete(ref);
  }
}
