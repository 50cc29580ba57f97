import { shortenEntityRef } from '../../../../model';
import type { DrawnGraph } from './neighbourhood';

/** Short names for the nodes of a drawing, by ref: refs may hold anything. */
export function nodeIds({ nodes }: Pick<DrawnGraph, 'nodes'>): (ref: string) => string {
  const ids = new Map(nodes.map(({ ref }, index) => [ref, `n${index}`]));
  return ref => ids.get(ref) ?? '';
}

/** What stands on a node, on one line. */
export function labelOf(ref: string): string {
  return withoutControls(shortenEntityRef(ref));
}

// Control characters and those that reorder text.
const unshowable =
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

export function withoutControls(text: string): string {
  return text.replace(unshowable, '\ufffd');
}
