import { parseEntityRef, type Problem, readEntityRef } from '../../../../model';
import { didYouMean } from '../../../../platform/core';
import { mayBeMeant, type NearestRefs } from '../graph/nearestRefs';
import type { FileRecord, MisplacedReference } from '../records';
import { problemSeverities } from './problemSeverities';

const MAX_SUGGESTIONS = 3;

/** What is said of a ref to a kind that its field is not meant for. */
export function wrongKindProblem(
  file: string,
  reference: MisplacedReference,
  nearest: NearestRefs,
): Problem {
  const { field, targetRef, expectedKinds, range, document, entityRef } = reference;
  const suggestions = suggestionsFor(reference, nearest);
  const expected = expectedKinds.join(', ').replace(/, (\w+)$/, ' or $1');
  return {
    code: 'wrong-kind-reference',
    severity: problemSeverities['wrong-kind-reference'],
    message: `${field} refers to ${targetRef}, which is no ${expected}${didYouMean(suggestions)}`,
    file,
    document,
    range,
    entityRef,
    ...(suggestions.length && { suggestions }),
  };
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

/** The files with misplaced references: what is suggested for them depends on what else there is. */
export class MisplacedReferences {
  #files = new Map<string, readonly MisplacedReference[]>();

  update(uri: string, record: FileRecord | undefined): void {
    if (record?.misplaced.length) this.#files.set(uri, record.misplaced);
    else this.#files.delete(uri);
  }

  /** Files in which one of the refs may be meant; each ref is full and lower-cased. */
  *filesThatMayMean(refs: ReadonlySet<string>): Generator<string, void> {
    for (const [uri, references] of this.#files) {
      if (references.some(reference => mayMeanOneOf(reference, refs))) yield uri;
    }
  }
}

/** So many are looked at one by one in no time. */
const FEW = 16;

function mayMeanOneOf(
  { targetRef, expectedKinds }: MisplacedReference,
  refs: ReadonlySet<string>,
): boolean {
  if (refs.size > FEW) return true;
  const rest = targetRef.slice(targetRef.indexOf(':'));
  const meant = expectedKinds.map(kind => kind.toLowerCase() + rest);
  return [...refs].some(ref => meant.some(other => mayBeMeant(other, ref)));
}
