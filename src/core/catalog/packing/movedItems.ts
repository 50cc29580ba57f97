import { movedRange, type Range } from '../../../base';
import type { Move } from './packedEntity';

/** Something that stands in a document of a file. */
interface Placed {
  readonly document: number | undefined;
  readonly range: Range;
}

/** By what was moved, what it was at first. */
const origins = new WeakMap<Placed, Placed>();

/** The same in another place of its file. */
export function moved<T extends Placed>(item: T, { document, lines }: Move): T {
  const now = { ...item, document, range: movedRange(item.range, lines) };
  origins.set(now, origins.get(item) ?? item);
  return now;
}

/** What an item was before it was moved for the first time: of all that was moved of it, the same. */
export function originOfItem(item: Placed): Placed {
  return origins.get(item) ?? item;
}
