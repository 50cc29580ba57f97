import { movedRange, type Range } from '../../../../base';
import type { UnrelatedReference } from '../records';
import type { Move } from './packedEntity';

/** Something that stands in a document of a file. */
interface Placed {
  readonly document: number | undefined;
  readonly range: Range;
}

/** The same in another place of its file. */
export function moved<T extends Placed>(item: T, { document, lines }: Move): T {
  return { ...item, document, range: movedRange(item.range, lines) };
}

/** By references that were moved, what they were at first. */
const origins = new WeakMap<UnrelatedReference, UnrelatedReference>();

export function movedReference<T extends UnrelatedReference>(reference: T, move: Move): T {
  const now = moved(reference, move);
  origins.set(now, originOfReference(reference));
  return now;
}

/** What a reference was before it was moved for the first time: of all that was moved of it, the same. */
export function originOfReference(reference: UnrelatedReference): UnrelatedReference {
  return origins.get(reference) ?? reference;
}
