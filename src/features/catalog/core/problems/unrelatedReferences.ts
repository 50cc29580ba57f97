import type { EntityGraph } from '../graph/entityGraph';
import type { FileRecord } from '../records';
import { AnnotationReferences, type ChangedRefs } from './annotationReferences';
import { MisplacedReferences } from './misplacedReferences';

/** The refs that give no relation, or not the one that is meant, of which the graph knows nothing. */
export class UnrelatedReferences {
  #misplaced = new MisplacedReferences();
  #annotations = new AnnotationReferences();

  /** Puts what a file says now in the place of what it said before. */
  update(uri: string, before: FileRecord | undefined, after: FileRecord | undefined): void {
    this.#misplaced.update(uri, after);
    this.#annotations.update(uri, before, after);
  }

  /** Files of which something else is to be said after some changes; some twice. */
  *filesToldOtherwise(changes: ChangedRefs, graph: EntityGraph): Generator<string, void> {
    const { existence } = changes;
    if (existence.size) yield* this.#misplaced.filesThatMayMean(existence);
    yield* this.#annotations.filesToldOtherwise(changes, ref => graph.has(ref));
  }
}
