import type { Scene } from './drawing/scene';
import { captionOf, relationInText } from './drawing/sceneMaker';

/** So much of a node is said at once. */
const MOST_PARTS = 8;

/** What a screen reader says of a node: what it is, and what it has to do with others. */
export function nodeInWords({ byRef, edgesAt }: Scene, ref: string): string {
  const node = byRef.get(ref);
  if (!node) return '';
  const edges = edgesAt.get(ref) ?? [];
  const relations = edges
    .filter(({ view }) => view.source === ref)
    .map(({ label, target }) => `${label} ${target.view.title}`);
  const incoming = edges
    .filter(({ view }) => view.target === ref)
    .flatMap(({ view, source }) =>
      view.types.map(type => `${source.view.title} ${relationInText(type)}`),
    );
  const parts = [node.view.title, captionOf(node.view), ...relations, ...incoming];
  return parts.slice(0, MOST_PARTS).join('; ');
}
