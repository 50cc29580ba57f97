import type { Translate } from '../../../base';
import { child, entriesOf, itemsOf, type PlacedNode, textAt } from '../document/placedNode';
import { resolve } from '../document/references';
import type { DefinitionProblem } from '../outline';

const MOST_REFERENCES = 50;

/** References to what is not in the document; those to other files are not followed. */
export function* danglingReferences(
  root: PlacedNode,
  translate: Translate,
): Generator<void, readonly DefinitionProblem[]> {
  const problems: DefinitionProblem[] = [];
  const pending: PlacedNode[] = [root];
  const seen = new Set<PlacedNode>();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (seen.size % 1024 === 0) yield;
    for (const item of itemsOf(node)) pending.push(item);
    const reference = textAt(node, '$ref');
    if (reference?.startsWith('#') && !resolve(node, root)) {
      const place = child(node, '$ref')?.place ?? node.place;
      const message = translate('"{0}" leads nowhere', reference);
      problems.push({ code: 'definition-reference', severity: 'error', message, place });
      if (problems.length >= MOST_REFERENCES) break;
    }
    for (const [key, { value }] of entriesOf(node)) {
      // What stands in examples is data, whatever it looks like.
      if (key !== 'example' && key !== 'examples' && key !== 'default') pending.push(value);
    }
  }
  return problems.sort((a, b) => a.place.start - b.place.start);
}
